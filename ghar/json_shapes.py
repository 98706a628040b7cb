"""What JSON from outside must look like before PostgreSQL keeps it. Every door checks it here: the serializers of the
API through their fields, services for those that have none."""

import math
from collections.abc import Iterable
from typing import Any

from ghar.errors import Invalid

_DEEPEST = 12
_MOST_BYTES = 64 * 1024
_BIGGEST = 2**63  # PostgreSQL keeps more, and would give back integers that the wire's JSON cannot carry

FAULTS = {
    "not_object": "Must be a JSON object.",
    "null_character": "Null characters are not allowed.",
    "too_deep": f"Nested deeper than {_DEEPEST} levels.",
    "number": f"Numbers are between -{_BIGGEST} and {_BIGGEST}.",
    "too_large": f"Larger than {_MOST_BYTES // 1024} KiB.",
}
"""What can be wrong with an object, with a sentence for people."""


def object_fault(value: Any) -> str | None:
    """What of FAULTS is wrong with a value that must be an object; None when PostgreSQL can keep it."""
    if not isinstance(value, dict):
        return "not_object"
    if _depth(value) > _DEEPEST:
        return "too_deep"
    if _biggest(value) >= _BIGGEST:
        return "number"
    text = repr(value)
    if "\\x00" in text:
        return "null_character"
    return "too_large" if len(text) > _MOST_BYTES else None


def insist_on_object(name: str, value: Any) -> None:
    """Null, or an object as above. Raises Invalid, which names the field."""
    fault = None if value is None else object_fault(value)
    if fault:
        raise Invalid.field(name, FAULTS[fault])


def insist_on_words(name: str, value: Any, *, most: int, longest: int) -> None:
    """A list of at most so many texts, none blank, each of at most so many characters. Raises Invalid likewise."""
    if not isinstance(value, list) or len(value) > most or not all(_is_word(word, longest) for word in value):
        raise Invalid.field(name, f"Must be a list of at most {most} texts of 1 to {longest} characters.")


def _is_word(value: Any, longest: int) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= longest and "\x00" not in value


def _depth(value: Any, level: int = 1) -> int:
    if level > _DEEPEST:
        return level
    return max((_depth(item, level + 1) for item in _inner(value)), default=level)


def _biggest(value: Any) -> float:
    """The greatest absolute value among the numbers in it; what is no number (NaN) is beyond all of them."""
    if isinstance(value, (int, float)):
        return math.inf if math.isnan(value) else abs(value)
    return max(map(_biggest, _inner(value)), default=0)


def _inner(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
