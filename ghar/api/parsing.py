"""Input as serializers declare it: query strings and bodies, with errors that name the field.

A query serializer's fields are built once a class and only those that a request names are read, because building
forty fields a request costs more than the query they describe.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote_plus

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import QueryDict
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.fields import empty

from ghar.api.readers import Reader, reader
from ghar.errors import Invalid

Fields = list[dict[str, Any]]
Spelled = Mapping[str, list[str]]
"""The values of each name, as a client wrote them."""
_is_encoded = re.compile("[%+]").search
_MANY = (serializers.ListField, serializers.MultipleChoiceField)


class QueryIn(serializers.Serializer[Any]):
    """Base of query-string serializers. Unknown names are ignored; an empty value means absent.

    `check(values)` may raise `Invalid` for rules that span fields.
    """

    @classmethod
    def check(cls, values: dict[str, Any]) -> None:
        """Rules over several values; none by default."""


@dataclass(frozen=True, slots=True)
class _Parameters:
    """A query serializer as it is used: how each parameter is read, and whether from all its values or the last one;
    what stands for the absent ones, and which may not be absent."""

    readers: dict[str, tuple[Reader, bool]]
    defaults: dict[str, Any]
    required: tuple[str, ...]


@cache
def _parameters(kind: type[QueryIn]) -> _Parameters:
    fields = kind().fields
    return _Parameters(
        readers={name: (reader(field), isinstance(field, _MANY)) for name, field in fields.items()},
        defaults={name: None if field.default is empty else field.default for name, field in fields.items()},
        required=tuple(name for name, field in fields.items() if field.required),
    )


def spelled(query_string: str) -> Spelled:
    """What the query string of a WSGI environ says. Django's QueryDict, which can be changed, costs twice as much.

    Raises TooManyFieldsSent.
    """
    if query_string.count("&") >= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
        raise TooManyFieldsSent
    values: dict[str, list[str]] = {}
    for name, value in _pairs(query_string.encode("latin-1").decode("utf-8", errors="replace")):
        values.setdefault(name, []).append(value)
    return values


def _pairs(said: str) -> Iterable[Sequence[str]]:
    """Names and values. Only what is encoded is decoded, which in most searches is nothing and in others the words."""
    pairs = [pair.partition("=")[::2] for pair in said.split("&") if pair]
    if not _is_encoded(said):
        return pairs
    return [[unquote_plus(text) if _is_encoded(text) else text for text in pair] for pair in pairs]


def query(kind: type[QueryIn], given: Spelled) -> dict[str, Any]:
    """The validated values of a query string, every declared name present (absent ones as their default).

    Blanks are absent, and the last of a repeated single parameter counts. Raises Invalid with one entry for each
    wrong parameter.
    """
    parameters = _parameters(kind)
    readers, values, wrong = parameters.readers, parameters.defaults.copy(), []
    for name, said in given.items():
        if name not in readers or not (present := list(filter(str.strip, said))):
            continue
        read, has_many = readers[name]
        try:
            values[name] = read(present if has_many else present[-1])
        except ValidationError as error:
            wrong += flatten(error.detail, ["query", name])
    if parameters.required:
        refused = {entry["loc"][1] for entry in wrong}
        missing = (name for name in parameters.required if values[name] is None and name not in refused)
        wrong += [_missing(["query", name]) for name in missing]
    if wrong:
        raise Invalid(fields=wrong)
    kind.check(values)
    return values


def arguments(kind: type[QueryIn], given: Mapping[str, Any]) -> dict[str, Any]:
    """The same for values that come from a tool's arguments; None stands for an absent one."""
    said = {
        name: [str(one) for one in (value if isinstance(value, list) else [value])]
        for name, value in given.items()
        if value is not None
    }
    return query(kind, said)


def said(request: Any) -> Any:
    """What the body of DRF's request says. An empty one says nothing, whatever its type: a form would switch off what
    it does not name.

    Raises UnsupportedMediaType, ParseError, BodyTooLarge.
    """
    data = request.data
    return {} if isinstance(data, QueryDict) and not data else data


@cache
def _serializer(kind: type[serializers.Serializer[Any]], partial: bool) -> serializers.Serializer[Any]:
    """Built once: it keeps nothing of what it reads, and building its fields costs as much as reading a body does."""
    return kind(partial=partial)


def body(kind: type[serializers.Serializer[Any]], data: Any, *, partial: bool = False) -> dict[str, Any]:
    """The validated values of a body. Unknown names are ignored. Raises Invalid."""
    try:
        values: dict[str, Any] = _serializer(kind, partial).run_validation(data)
    except ValidationError as error:
        raise Invalid(fields=flatten(error.detail, ["body"])) from error
    return values


def flatten(detail: Any, loc: list[str | int]) -> Fields:
    """DRF's nested errors as the flat `{loc, msg, type}` list that clients read."""
    if isinstance(detail, dict):
        return [entry for name, inner in detail.items() for entry in flatten(inner, _deeper(loc, name))]
    if isinstance(detail, list):
        return [entry for inner in detail for entry in flatten(inner, loc)]
    kind = detail.code if isinstance(detail, ErrorDetail) else "value_error"
    return [{"loc": loc, "msg": str(detail), "type": "missing" if kind == "required" else kind}]


def _deeper(loc: list[str | int], name: Any) -> list[str | int]:
    return loc if name == "non_field_errors" else [*loc, name]


def _missing(loc: list[str | int]) -> dict[str, Any]:
    return {"loc": loc, "msg": "This parameter is required.", "type": "missing"}
