"""A person's yes before something is destroyed.

A client of the newest era that can ask its person is told to (the call is answered with the question, and repeated with
the answer: no session is kept). For all others nothing is done at first; the answer says so, and that the call is
carried out when it is repeated with `confirm: true`.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import mcp_types as types
from django.conf import settings
from mcp.server.request_state import RequestStateBoundary, RequestStateSecurity
from mcp_types.version import MODERN_PROTOCOL_VERSIONS

from ghar import jsonable
from ghar.mcp.service import Context, Service, actor_of
from ghar.tools import Tool

ARGUMENT = "confirm"
SCHEMA = {
    "type": "boolean",
    "default": False,
    "title": "Confirm",
    "description": "True once the person has agreed to exactly this. Without it nothing is done, and you are asked.",
}
_ANSWER = "confirmation"
_STATE = "asked"
_LASTS_S = 600.0


def boundary(service: Service) -> RequestStateBoundary:
    """What seals the question that was asked: to one person, one call with its arguments, and ten minutes."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    security = RequestStateSecurity(
        keys=[hashlib.sha256(f"mcp request state {key}".encode()).digest() for key in keys],
        ttl=_LASTS_S,
        bind_principal=lambda context: str(actor_of(context).id),
    )
    return RequestStateBoundary(security, default_audience=service.name)


def ask(
    context: Context, params: types.CallToolRequestParams, declared: Tool, given: Mapping[str, Any]
) -> types.CallToolResult | types.InputRequiredResult | None:
    """What stands before the call: a question, or the answer that nothing was done; None when the person said yes."""
    if not _can_ask(context):
        return _unasked(declared, given)
    answer = (params.input_responses or {}).get(_ANSWER)
    if answer is None or params.request_state != _STATE:
        return types.InputRequiredResult(input_requests={_ANSWER: _question(declared, given)}, request_state=_STATE)
    return None if _is_yes(answer) else _declined(declared)


def _can_ask(context: Context) -> bool:
    """Is the client of the newest era, and can it show its person a form? Before, the server had to call back."""
    capabilities = context.session.client_capabilities
    elicitation = capabilities.elicitation if capabilities is not None else None
    if context.protocol_version not in MODERN_PROTOCOL_VERSIONS or elicitation is None:
        return False
    return elicitation.form is not None or elicitation.url is None


def _question(declared: Tool, given: Mapping[str, Any]) -> types.ElicitRequest:
    schema = {
        "type": "object",
        "properties": {ARGUMENT: {"type": "boolean", "title": "Yes, do it", "default": False}},
        "required": [ARGUMENT],
    }
    return types.ElicitRequest(
        params=types.ElicitRequestFormParams(message=f"{_said(declared, given)} Go ahead?", requested_schema=schema)
    )


def _is_yes(answer: Any) -> bool:
    return (
        isinstance(answer, types.ElicitResult)
        and answer.action == "accept"
        and (answer.content or {}).get(ARGUMENT) is True
    )


def _unasked(declared: Tool, given: Mapping[str, Any]) -> types.CallToolResult:
    again = (
        f"Nothing has been done yet. Ask the person; once they agree, call {declared.name} again with the same "
        f"arguments and {ARGUMENT}: true."
    )
    told = {"needs_confirmation": True, "tool": declared.name, "message": _said(declared, given), "arguments": given}
    return types.CallToolResult(
        content=[types.TextContent(text=f"{_said(declared, given)} {again}")],
        structured_content=jsonable.plain(told),
        is_error=False,
    )


def _declined(declared: Tool) -> types.CallToolResult:
    said = "The person said no. Nothing has been done."
    return types.CallToolResult(
        content=[types.TextContent(text=said)],
        structured_content={"declined": True, "tool": declared.name, "message": said},
        is_error=False,
    )


def _said(declared: Tool, given: Mapping[str, Any]) -> str:
    shown = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in given.items() if value is not None)
    return f"{declared.title}{f' ({shown})' if shown else ''}: this cannot be undone."
