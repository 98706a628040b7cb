"""Inputs in words: what a serializer's field takes."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

_KINDS: tuple[tuple[type, str], ...] = (
    (serializers.EmailField, "email address"),
    (serializers.UUIDField, "UUID"),
    (serializers.CharField, "text"),
    (serializers.BooleanField, "true or false"),
    (serializers.IntegerField, "whole number"),
    (serializers.DecimalField, "decimal number"),
    (serializers.FloatField, "number"),
    (serializers.DateTimeField, "time (ISO 8601)"),
    (serializers.DateField, "date (ISO 8601)"),
    (serializers.FileField, "file"),
    (serializers.JSONField, "JSON object"),
)


def lines(shape: Any) -> list[str]:
    """One line for each field of a serializer (a class or an instance)."""
    fields = (shape() if isinstance(shape, type) else shape).fields
    return [f"`{name}`: {_described(field)}" for name, field in fields.items() if not field.read_only]


def _described(field: Any) -> str:
    parts = [kind_of(field), *_bounds(field)]
    if field.required:
        parts.append("required")
    elif field.default not in (serializers.empty, None, ""):
        parts.append(f"default {field.default}")
    text = ", ".join(parts)
    return f"{text}. {field.help_text}" if field.help_text else text


def kind_of(field: Any) -> str:
    """The type of a field, in words."""
    if isinstance(field, serializers.ChoiceField):
        return "one of " + ", ".join(f"`{choice}`" for choice in _choices(field.choices))
    if isinstance(field, serializers.ListField):
        return f"list of {kind_of(field.child)}"
    if isinstance(field, serializers.DictField):
        return f"object of {kind_of(field.child)}"
    if isinstance(field, serializers.ListSerializer):
        return f"list of {kind_of(field.child)}"
    if isinstance(field, serializers.Serializer):
        return f"object ({', '.join(f'`{name}`' for name in field.fields)})"
    return next((name for kind, name in _KINDS if isinstance(field, kind)), "value")


def _choices(choices: Mapping[Any, Any]) -> list[str]:
    return [str(choice) for choice in choices]


def _bounds(field: Any) -> list[str]:
    least, most = getattr(field, "min_value", None), getattr(field, "max_value", None)
    longest = getattr(field, "max_length", None)
    bounds = []
    if least is not None and most is not None:
        bounds.append(f"{least} to {most}")
    elif least is not None or most is not None:
        bounds.append(f"at least {least}" if most is None else f"at most {most}")
    if longest is not None:
        bounds.append(f"at most {longest} {'items' if isinstance(field, serializers.ListField) else 'characters'}")
    return bounds
