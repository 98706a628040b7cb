"""Pages of the lists that clients ask for. A cursor names the last entry, so nothing is skipped when others come."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

import mcp_types as types
import orjson
from mcp.shared.exceptions import MCPError

T = TypeVar("T")
PAGE = 100


def page(
    entries: Sequence[T], name: Callable[[T], str], params: types.PaginatedRequestParams | None
) -> tuple[list[T], str | None]:
    """Of entries in order of their names those behind the cursor, and the next one. Raises MCPError for a wrong one."""
    last = read_cursor(params, 1)
    behind = [entry for entry in entries if last is None or name(entry) > last[0]]
    shown = behind[:PAGE]
    return shown, cursor(name(shown[-1])) if len(behind) > PAGE else None


def cursor(*values: str | None) -> str:
    """Values as an opaque cursor."""
    return base64.urlsafe_b64encode(orjson.dumps(values)).rstrip(b"=").decode()


def read_cursor(params: types.PaginatedRequestParams | None, size: int) -> list[str] | None:
    """So many values of the client's cursor, None for the first page. Raises MCPError."""
    given = params.cursor if params is not None else None
    if not given:
        return None
    try:
        values = orjson.loads(base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)))
    except (binascii.Error, ValueError) as wrong:
        raise invalid_cursor() from wrong
    if not isinstance(values, list) or len(values) != size or not isinstance(values[0], str):
        raise invalid_cursor()
    return values


def invalid_cursor() -> MCPError:
    """What a client reads that brings no cursor of ours."""
    return MCPError(code=types.INVALID_PARAMS, message="Invalid cursor", data={"code": "INVALID_CURSOR"})
