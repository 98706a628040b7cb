"""A plausible value for every kind of field, and values that are wrong for most of them."""

from typing import Any

from rest_framework import serializers

from apps.discovery.serializers import FiltersField
from ghar.api.fields import Phone

_PLAUSIBLE: tuple[tuple[type, Any], ...] = (
    (Phone, "+919810055555"),
    (FiltersField, {"city": "Gurugram"}),
    (serializers.EmailField, "somebody@example.com"),
    (serializers.UUIDField, "00000000-0000-4000-8000-000000000000"),
    (serializers.BooleanField, True),
    (serializers.IntegerField, 5),
    (serializers.FloatField, 5.5),
    (serializers.DecimalField, "5.50"),
    (serializers.DateTimeField, "2026-01-15T10:00:00Z"),
    (serializers.DateField, "1990-01-15"),
    (serializers.JSONField, {}),
    (serializers.FileField, "no file"),
    (serializers.CharField, "something"),
)

NASTY: dict[str, Any] = {
    "null": None,
    "empty": "",
    "blank": " \t\u00a0",
    "NUL": "a\x00b",
    "control": "a\x01\x1f\x7f",
    "sql": "'; DROP TABLE users; --",
    "format": "%s %(x)s {0}",
    "long": "x" * 100_000,
    "wide": "\U0001f3e0" * 3000,
    "combining": "e" + "\u0301" * 2000,
    "right to left": "\u202e\u2066",
    "list": [1, "a", None],
    "object": {"a": {"b": ["\x00"]}},
    "big inside": {"n": 10**30},
    "odd keys": {"\x00": True, "": None, "x" * 100_000: 1},
    "true": True,
    "beyond 64 bits": 10**30,
    "64 bits": 2**63,
    "32 bits": 2**31,
    "negative": -1,
    "huge": 1.7e308,
    "nan": "nan",
    "inf": "-inf",
    "digits": "9" * 5000,
    "no such date": "2026-02-30",
    "year 1": "0001-01-01T00:00:00+14:00",
    "year 9999": "9999-12-31T23:59:59-12:00",
    "script": "<script>alert(1)</script>",
    "deep": [[[[[[[[[[[[[[]]]]]]]]]]]]]],
}


def plausible(field: Any) -> Any:
    """A value that this field would take."""
    if isinstance(field, serializers.ChoiceField):
        return next(iter(field.choices))
    if isinstance(field, serializers.ListField):
        return [plausible(field.child)]
    if isinstance(field, serializers.DictField):
        return {"key": plausible(field.child)}
    if isinstance(field, serializers.Serializer):
        return filled(field)
    if field.field_name and field.field_name.endswith("_url"):
        return "https://pictures.example/front.webp"
    return next(value for kind, value in _PLAUSIBLE if isinstance(field, kind))


def filled(shape: Any) -> dict[str, Any]:
    """A plausible body or query of a serializer (a class or an instance)."""
    fields = (shape() if isinstance(shape, type) else shape).fields
    return {name: plausible(field) for name, field in fields.items() if not field.read_only}
