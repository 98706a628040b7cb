"""Fields that several areas' serializers share."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers
from rest_framework.fields import empty

from ghar import phones

_DEEPEST = 12
_MOST_BYTES = 64 * 1024
_BIGGEST = 2**63  # PostgreSQL keeps more, and would give back integers that the wire's JSON cannot carry


class JSONObject(serializers.JSONField):
    """A JSON object that PostgreSQL can keep: no NUL characters, no absurd depth or numbers, 64 KiB at most."""

    default_error_messages = {
        "not_object": "Must be a JSON object.",
        "null_character": "Null characters are not allowed.",
        "too_deep": f"Nested deeper than {_DEEPEST} levels.",
        "number": f"Numbers are between -{_BIGGEST} and {_BIGGEST}.",
        "too_large": f"Larger than {_MOST_BYTES // 1024} KiB.",
    }

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The object itself."""
        if not isinstance(data, dict):
            self.fail("not_object")
        if _depth(data) > _DEEPEST:
            self.fail("too_deep")
        if _biggest(data) >= _BIGGEST:
            self.fail("number")
        text = repr(data)
        if "\\x00" in text:
            self.fail("null_character")
        if len(text) > _MOST_BYTES:
            self.fail("too_large")
        return data


def _depth(value: Any, level: int = 1) -> int:
    if level > _DEEPEST:
        return level
    return max((_depth(item, level + 1) for item in _inner(value)), default=level)


def _biggest(value: Any) -> float:
    """The greatest absolute value among the numbers in it."""
    if isinstance(value, (int, float)):
        return abs(value)
    return max(map(_biggest, _inner(value)), default=0)


def _inner(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


class Phone(serializers.CharField):
    """A phone number as people type it, read as E.164."""

    default_error_messages = {"phone": "Not a valid phone number."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=32, **kwargs)

    def run_validation(self, data: Any = empty) -> Any:
        """The E.164 form; a blank is null where null is allowed."""
        value = super().run_validation(data)
        if value in (None, ""):
            return None
        try:
            return phones.normalise(value)
        except ValueError:
            self.fail("phone")


class Latitude(serializers.FloatField):
    """Degrees north, -90 to 90."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=-90, max_value=90, **kwargs)


class Longitude(serializers.FloatField):
    """Degrees east, -180 to 180."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=-180, max_value=180, **kwargs)
