"""Tools and their outcomes in the words of the protocol."""

from typing import Any

import mcp_types as types

from ghar import jsonable
from ghar.errors import DomainError
from ghar.mcp import confirming, outcomes, widgets
from ghar.tools import SCOPES, Outcome, Tool

CHALLENGE = "mcp/www_authenticate"
SIGN_IN = ("UNAUTHORIZED", "INSUFFICIENT_SCOPE")
"""Codes of refusals that another token would avoid."""


def described(tool: Tool) -> types.Tool:
    """A tool as clients list it."""
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=schema(tool),
        output_schema=outcomes.schema(tool),
        annotations=types.ToolAnnotations(
            title=tool.title,
            read_only_hint=not tool.writes,
            destructive_hint=tool.destructive,
            open_world_hint=False,
        ),
        _meta={"securitySchemes": schemes(tool), **widgets.of_tool(tool)},
    )


def schema(tool: Tool) -> dict[str, Any]:
    """The schema of a tool's arguments, with a person's yes where it destroys."""
    if not tool.destructive:
        return tool.schema
    return {**tool.schema, "properties": {**tool.schema["properties"], confirming.ARGUMENT: confirming.SCHEMA}}


def schemes(tool: Tool) -> list[dict[str, Any]]:
    """How a tool may be called: without signing in, or with a token of these scopes."""
    signed_in = {"type": "oauth2", "scopes": list(SCOPES)}
    return [{"type": "noauth"}, signed_in] if tool.is_open else [signed_in]


def shown(outcome: Outcome, *, metadata_url: str) -> types.CallToolResult:
    """An outcome as a result: a sentence for people, the data for models, and the way to sign in where it is needed."""
    error = outcome.error
    if error is not None and error.code in SIGN_IN:
        return _challenged(outcome, error, metadata_url)
    data = _enveloped(outcome) if outcome.tool is not None and outcome.tool.envelope else outcome.data
    texts = [outcome.summary] if error is not None else [outcome.summary, jsonable.dumps(data).decode()]
    return types.CallToolResult(
        content=[types.TextContent(text=text) for text in dict.fromkeys(texts)],
        structured_content=data,
        is_error=error is not None,
        _meta=widgets.of_result(outcome),
    )


def _enveloped(outcome: Outcome) -> dict[str, Any]:
    """The second of the two shapes that widgets and clients know."""
    if outcome.error is None:
        return {"ok": True, "data": outcome.data}
    told = {key: value for key, value in outcome.data.items() if key != "error"}
    return {"ok": False, "error": told, "message": outcome.error.message}


def _challenged(outcome: Outcome, error: DomainError, metadata_url: str) -> types.CallToolResult:
    """A refusal that tells a client how to obtain a token that would do."""
    tool = outcome.tool
    action = tool.action or tool.name if tool is not None else "continue"
    context = {key: value for key, value in outcome.arguments.items() if key.endswith("_id")}
    return types.CallToolResult(
        content=[types.TextContent(text=f"{error.message} {_needed(action)}.")],
        structured_content={"requires_auth": True, "action": action, "code": error.code, **context},
        is_error=True,
        _meta={CHALLENGE: [challenge(action, metadata_url)]},
    )


def challenge(action: str, metadata_url: str) -> str:
    """Where a client obtains a token that would do."""
    return (
        f'Bearer resource_metadata="{metadata_url}", error="insufficient_scope", '
        f'error_description="{_needed(action)}", scope="{" ".join(SCOPES)}"'
    )


def _needed(action: str) -> str:
    return f"Authentication required to {action}"
