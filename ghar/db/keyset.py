"""Keyset order and cursors: a page neither repeats nor skips a row when others come and go.

A cursor holds the sort values of the last row with its id, so page fifty costs what page one costs.
"""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import F, OrderBy, Q, QuerySet

from ghar.db.json_rows import Shape
from ghar.errors import BadRequest

_ABSENT = ("", "null", "undefined")
_VERSION = 1


class InvalidCursor(BadRequest):
    """The cursor was not made by this list in this order."""

    code = "INVALID_CURSOR"
    message = "Invalid pagination cursor"


@dataclass(frozen=True)
class Key:
    """One column of a sort order: its name on the queryset and on the wire, and how a cursor value is read.

    `column` is what is sorted by where that differs, e.g. the bare distance that an index can walk.
    """

    name: str
    read: Callable[[Any], Any]
    descending: bool = False
    column: str = ""

    def ordering(self) -> OrderBy:
        """The ORDER BY of this key."""
        expression = F(self.column or self.name)
        return expression.desc() if self.descending else expression.asc()


@dataclass(frozen=True)
class Order:
    """A sort order. Its last key must be unique, so that no two rows tie."""

    name: str
    keys: tuple[Key, ...]
    walks: bool = False  # an index yields rows by the first key alone; ties are broken among the rows it gave

    def apply(self, rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
        """The rows in this order."""
        return rows.order_by(*(key.ordering() for key in (self.keys[:1] if self.walks else self.keys)))

    @property
    def ties(self) -> tuple[str, ...]:
        """The columns that break ties of a walked order; none for others, whose ORDER BY is complete."""
        return tuple(key.name for key in self.keys) if self.walks else ()

    def after(self, cursor: str | None) -> Q:
        """The rows behind a cursor: for keys a, b that is a > x or (a = x and b > y). Raises InvalidCursor."""
        if cursor is None or cursor.strip().lower() in _ABSENT:
            return Q()
        values = self._decode(cursor)
        condition = Q()
        for key, value in reversed(list(zip(self.keys, values, strict=True))):
            beyond = Q(**{f"{key.name}__{'lt' if key.descending else 'gt'}": value})
            condition = beyond | (Q(**{key.name: value}) & condition) if condition else beyond
        return self._bound(values[0]) & condition

    def _bound(self, value: Any) -> Q:
        """Implied by the rest, but plain enough for an index to start at."""
        first = self.keys[0]
        return Q(**{f"{first.name}__{'lte' if first.descending else 'gte'}": value})

    def cursor_of(self, row: dict[str, Any]) -> str:
        """The cursor that continues behind a row (a mapping with the keys' names)."""
        content = {"k": [row[key.name] for key in self.keys], "s": self.name, "v": _VERSION}
        return base64.urlsafe_b64encode(orjson.dumps(content, default=str)).rstrip(b"=").decode()

    def _decode(self, cursor: str) -> list[Any]:
        try:
            content = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            if content["v"] != _VERSION or content["s"] != self.name:
                raise InvalidCursor
            return [key.read(value) for key, value in zip(self.keys, content["k"], strict=True)]
        except (binascii.Error, ValueError, TypeError, KeyError, ArithmeticError) as wrong:
            raise InvalidCursor from wrong


@dataclass(frozen=True)
class Listing:
    """What a selector gives to a list: the rows (`.values()` of id and what was measured, without order or limit),
    the shape each is shown in, their order, and extras that stand beside the items."""

    rows: "QuerySet[Any, Any]"
    shape: Shape
    order: Order
    extras: dict[str, Any] | None = None
