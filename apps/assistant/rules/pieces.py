"""What a provider gives while it answers, and what it is given. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ChatMessage = dict[str, Any]
"""A message as the chat-completions protocol writes it: role, content, tool_calls, tool_call_id."""

LONGEST_RESULT = 20_000


@dataclass(frozen=True)
class Text:
    """Some more of the answer."""

    text: str


@dataclass(frozen=True)
class Call:
    """A wish to call a tool. `arguments` is None when what came was not a JSON object."""

    call_id: str
    tool: str
    arguments: dict[str, Any] | None


@dataclass(frozen=True)
class Offer:
    """A tool that may be called, the platform's own or one outside."""

    name: str
    description: str
    schema: Mapping[str, Any]
    is_outside: bool = False


def arguments_of(text: str) -> dict[str, Any] | None:
    """The arguments of a call as they came; nothing at all stands for none. None for what is no object or cannot be
    kept: NaN, a NUL, half a character."""
    try:
        value = json.loads(text or "{}", parse_constant=_refused)
        return value if isinstance(value, dict) and _is_kept(value) else None
    except (ValueError, RecursionError):
        return None


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _is_kept(value: object) -> bool:
    """Can a database keep all its text? Raises UnicodeEncodeError, which is a ValueError."""
    if isinstance(value, str):
        return b"\x00" not in value.encode()
    if isinstance(value, dict):
        return all(_is_kept(part) for pair in value.items() for part in pair)
    return all(map(_is_kept, value)) if isinstance(value, list) else True


def called(call: Call) -> ChatMessage:
    """The assistant's message that asks for a call."""
    function = {"name": call.tool, "arguments": json.dumps(call.arguments or {})}
    return {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": call.call_id, "type": "function", "function": function}],
    }


def answered(call: Call, result: Mapping[str, Any]) -> ChatMessage:
    """The message that tells what a call gave, cut to what a model can read."""
    return {"role": "tool", "tool_call_id": call.call_id, "content": json.dumps(result)[:LONGEST_RESULT]}
