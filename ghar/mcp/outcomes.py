"""What can come of a call besides its answer, and the schema of them all.

Clients that check a result by its tool's schema check refusals as well, so that each kind is in it.
"""

from typing import Any, Literal

from pydantic import create_model

from ghar.answers import Answer, schema_of
from ghar.tools import Tool


class Refused(Answer):
    """Nothing was done: `code` is one of the error codes. `requires_auth`: a token that reaches further would do."""

    code: str
    error: bool = True
    message: str | None = None
    details: Any = None
    requires_auth: bool = False
    action: str | None = None


class Reason(Answer):
    """Why something was refused."""

    code: str
    message: str
    details: Any = None


class RefusedInEnvelope(Answer):
    """Nothing was done."""

    ok: Literal[False]
    error: Reason
    message: str


class NotConfirmed(Answer):
    """Nothing was done: the person has to agree first (`needs_confirmation`), or did not (`declined`)."""

    tool: str
    message: str
    needs_confirmation: bool = False
    arguments: dict[str, Any] | None = None
    declined: bool = False


def schema(tool: Tool) -> dict[str, Any]:
    """The JSON schema of a tool's structured result, whatever came of the call."""
    kinds: list[type[Answer]] = [_enveloped(tool) if tool.envelope else tool.answers, Refused]
    if tool.envelope:
        kinds.append(RefusedInEnvelope)
    if tool.destructive:
        kinds.append(NotConfirmed)
    return schema_of(*kinds)


def _enveloped(tool: Tool) -> type[Answer]:
    return create_model("Answered", __base__=Answer, __doc__="What was asked for.", ok=Literal[True], data=tool.answers)
