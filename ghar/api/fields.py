"""Fields that several areas' serializers share."""

from typing import Any

from rest_framework import serializers
from rest_framework.fields import empty

from ghar import phones
from ghar.json_shapes import FAULTS, object_fault


class JSONObject(serializers.JSONField):
    """A JSON object that PostgreSQL can keep: no NUL characters, no absurd depth or numbers, 64 KiB at most."""

    default_error_messages = {**FAULTS}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The object itself."""
        if fault := object_fault(data):
            self.fail(fault)
        value: dict[str, Any] = data
        return value


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
