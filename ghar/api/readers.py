"""How a field of a query reads a value that is there.

DRF asks of each value whether it is absent, and gives it to an object for each bound: ten calls a number. A query has
told by then that the value is there, and bounds can be compared where it is read. Whatever is not accepted here is
given to the field itself, whose errors people know.
"""

from collections.abc import Callable
from math import inf
from typing import Any

from django.core import validators
from django.core.exceptions import ValidationError as ModelError
from rest_framework.exceptions import ValidationError
from rest_framework.fields import Field, ListField

Reader = Callable[[Any], Any]

_LEAST = {validators.MinValueValidator, validators.MinLengthValidator}
_MOST = {validators.MaxValueValidator, validators.MaxLengthValidator}


def reader(field: Any) -> Reader:
    """What `field.run_validation` answers and raises, for a value that is neither absent nor null nor blank."""
    bounds = _bounds(field)
    if bounds is None or not _validates_as_drf(field):
        return field.run_validation
    if isinstance(field, ListField):
        return _list_reader(field, *bounds)
    return field.to_internal_value if bounds == (-inf, inf) else _number_reader(field, *bounds)


def _bounds(field: Any) -> tuple[float, float] | None:
    """The least and the most that a field accepts, of a number or of a list's length; None if it looks at more."""
    least, most = -inf, inf
    for one in field.validators:
        if type(one) in _LEAST:
            least = max(least, one.limit_value)
        elif type(one) in _MOST:
            most = min(most, one.limit_value)
        else:
            return None
    return least, most


def _validates_as_drf(field: Any) -> bool:
    """Has it no way of its own, but for how it reads one value?"""
    kind = type(field)
    of_lists = not isinstance(field, ListField) or kind.to_internal_value is ListField.to_internal_value
    return of_lists and kind.run_validation is Field.run_validation and kind.run_validators is Field.run_validators


def _number_reader(field: Any, least: float, most: float) -> Reader:
    convert, refuse = field.to_internal_value, field.run_validation

    def read(raw: Any) -> Any:
        value = convert(raw)
        return value if least <= value <= most else refuse(raw)

    return read


def _list_reader(field: Any, least: float, most: float) -> Reader:
    read_one, refuse = reader(field.child), field.run_validation

    def read(raw: Any) -> Any:
        try:
            values = [read_one(one) for one in raw]
        except (ValidationError, ModelError):
            return refuse(raw)  # which says of each whether it is wrong
        return values if least <= len(values) <= most else refuse(raw)

    return read
