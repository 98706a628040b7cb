"""`docs/reference/errors.md`: every error code, found in the classes that declare them."""

import importlib
import inspect
import pkgutil
from collections import defaultdict
from collections.abc import Iterator

import apps
import ghar
from ghar.errors import CODES_BY_STATUS, DomainError

_INTRODUCTION = """# Error codes

Every refusal has the same body, `{"error": {"code", "message", "details"?}, "detail"}`. Clients decide by `code`;
`message` is for people and may change. A 422 lists the wrong fields in `error.details` and in `detail` as
`{loc, msg, type}`. The text of a 401 or 403 with a specific code ends with that code in brackets. Below `/auth/v1/`
the same errors appear in the form of the identity protocol, with codes in lower case."""

_GENERIC = {405: "The address has no such method.", 406: "The answer is JSON.", 415: "The body is of another kind."}


def text() -> str:
    """The page."""
    rows = [
        f"| {status} | `{code}` | {area} | {' '.join(sorted(meanings))} |"
        for (status, code, area), meanings in sorted(_table().items())
    ]
    head = ["| status | code | area | when |", "|---|---|---|---|"]
    return "\n".join([_INTRODUCTION, "", *head, *rows]) + "\n"


def _table() -> dict[tuple[int, str, str], set[str]]:
    """(status, code, area) and when it happens."""
    table: dict[tuple[int, str, str], set[str]] = defaultdict(set)
    for status, meaning in _GENERIC.items():
        table[status, CODES_BY_STATUS[status], "platform"].add(meaning)
    for kind in _kinds(DomainError):
        table[kind.status, kind.code, _area(kind)].add(_meaning(kind))
    return table


def _kinds(base: type[DomainError]) -> Iterator[type[DomainError]]:
    """The classes below, once every module that could hold one is loaded."""
    _load_everything()
    waiting = base.__subclasses__()
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith(("apps.", "ghar.")):
            yield kind


def _load_everything() -> None:
    for package in (ghar, apps):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)


def _area(kind: type[DomainError]) -> str:
    top, _, rest = kind.__module__.partition(".")
    return rest.split(".")[0] if top == "apps" else "platform"


def _meaning(kind: type[DomainError]) -> str:
    """The first line of the class's docstring; the kernel's own begin with their status."""
    line = (inspect.getdoc(kind) or kind.message).partition("\n")[0]
    line = line.removeprefix(f"{kind.status}: ")
    return line[0].upper() + line[1:]
