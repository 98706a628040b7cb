"""A parameter is read as its field reads it: the same value, or refused in the same words."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from ghar.api.parsing import QueryIn
from ghar.api.readers import reader
from tests.access import surface

EDGES = [
    *("0", "-0", "1", "-1", "5.5", "90.0001", "100", "101", "1e3", "1e400", "nan", "inf", "-inf", "9" * 30, "9" * 1200),
    *("true", "NULL", "2026-02-30", "2026-11-21", "2026-11-21T10:00:00Z"),
    *("apartment", "newest", "x" * 300, "\x00", "घर"),
]
WORDS = st.sampled_from(EDGES) | st.text(min_size=1, max_size=12).filter(str.strip)


def kinds(base: type[QueryIn]) -> Iterator[type[QueryIn]]:
    for kind in base.__subclasses__():
        yield kind
        yield from kinds(kind)


@pytest.fixture(scope="module")
def fields() -> list[Any]:
    surface.calls(get_resolver().url_patterns)  # every area's operations, and so their parameters
    return [field for kind in kinds(QueryIn) for field in kind().fields.values()]


def outcome(read: Callable[[Any], Any], raw: Any) -> str:
    try:
        return f"read as {read(raw)!r}"
    except ValidationError as refused:
        return f"refused: {refused.get_full_details()!r}"


@given(st.data())
def test_every_field_of_every_operation(fields, data):
    field = data.draw(st.sampled_from(fields))
    many = isinstance(field, (serializers.ListField, serializers.MultipleChoiceField))
    raw = data.draw(st.lists(WORDS, min_size=1, max_size=120) if many else WORDS)
    assert outcome(reader(field), raw) == outcome(field.run_validation, raw)


@pytest.mark.parametrize("raw", EDGES)
def test_the_bounds_of_numbers(raw):
    for field in (
        serializers.IntegerField(min_value=1, max_value=100),
        serializers.FloatField(min_value=-90, max_value=90, allow_null=True),
        serializers.FloatField(max_value=1e9),
        serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0),
    ):
        assert outcome(reader(field), raw) == outcome(field.run_validation, raw)


@pytest.mark.parametrize("raw", [["1"], ["1", "x", "3"], ["1", "-1"], ["1"] * 3, ["1"] * 4])
def test_lists(raw):
    field = serializers.ListField(child=serializers.IntegerField(min_value=0), max_length=3)
    assert outcome(reader(field), raw) == outcome(field.run_validation, raw)


def test_a_field_with_a_rule_of_its_own():
    def even(value: int) -> None:
        if value % 2:
            raise serializers.ValidationError("Odd.")

    read = reader(serializers.IntegerField(min_value=0, validators=[even]))
    assert read("2") == 2
    with pytest.raises(ValidationError, match="Odd"):
        read("3")
