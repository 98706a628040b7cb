"""Keyset pages: `{items, next_cursor, has_more, limit, total}`.

A cursor holds the sort values of the last row and its id, so that a page neither repeats nor skips a row when
others come and go, and page fifty costs what page one costs.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import F, Q, QuerySet
from rest_framework import serializers

from ghar.api.parsing import QueryIn
from ghar.api.rendering import Rendered
from ghar.db import json_rows
from ghar.errors import BadRequest

DEFAULT_LIMIT = 20
MOST = 100
_ABSENT = ("", "null", "undefined")
_VERSION = 1


class InvalidCursor(BadRequest):
    """The cursor was not made by this list in this order."""

    code = "INVALID_CURSOR"
    message = "Invalid pagination cursor"


class CappedLimit(serializers.IntegerField):
    """A page size: above the bound it is capped, because clients ask for 200 and 1000."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, default=DEFAULT_LIMIT, required=False, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> int:
        """The size, at most `MOST`."""
        return min(int(super().run_validation(data)), MOST)


class PageIn(QueryIn):
    """The parameters of every list."""

    cursor = serializers.CharField(
        required=False, allow_null=True, max_length=2000, help_text="Opaque; from `next_cursor`."
    )
    limit = CappedLimit(help_text=f"Rows a page; more than {MOST} is read as {MOST}.")
    include_total = serializers.BooleanField(required=False, default=False, help_text="Count all rows as well.")


@dataclass(frozen=True)
class Key:
    """One column of a sort order: its name on the queryset and on the wire, and how a cursor value is read."""

    name: str
    read: Callable[[Any], Any]
    descending: bool = False


@dataclass(frozen=True)
class Order:
    """A sort order. Its last key must be unique, so that no two rows tie."""

    name: str
    keys: tuple[Key, ...]

    def apply(self, rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
        """The rows in this order."""
        return rows.order_by(*(F(key.name).desc() if key.descending else F(key.name).asc() for key in self.keys))

    def after(self, cursor: str | None) -> Q:
        """The rows behind a cursor: for keys a, b, c that is a>x or (a=x and (b>y or (b=y and c>z)))."""
        if cursor is None or cursor.strip().lower() in _ABSENT:
            return Q()
        values = self._decode(cursor)
        condition = Q()
        for key, value in reversed(list(zip(self.keys, values, strict=True))):
            beyond = Q(**{f"{key.name}__{'lt' if key.descending else 'gt'}": value})
            condition = beyond | (Q(**{key.name: value}) & condition) if condition else beyond
        return self._bound(values) & condition

    def _bound(self, values: list[Any]) -> Q:
        """Implied by the rest, but plain enough for an index to start at."""
        first = self.keys[0]
        return Q(**{f"{first.name}__{'lte' if first.descending else 'gte'}": values[0]})

    def cursor_of(self, row: dict[str, Any]) -> str:
        """The cursor that continues behind a row (a mapping with the keys' names)."""
        packed = orjson.dumps({"k": [row[key.name] for key in self.keys], "s": self.name, "v": _VERSION}, default=str)
        return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()

    def _decode(self, cursor: str) -> list[Any]:
        try:
            content = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            if content["v"] != _VERSION or content["s"] != self.name:
                raise InvalidCursor
            return [key.read(value) for key, value in zip(self.keys, content["k"], strict=True)]
        except (binascii.Error, ValueError, TypeError, KeyError, ArithmeticError, UnicodeError) as wrong:
            raise InvalidCursor from wrong


@dataclass(frozen=True)
class Listing:
    """What a selector gives to a list view: rows as `.values()`, without order or limit, and the order."""

    rows: "QuerySet[Any, Any]"
    order: Order
    extras: dict[str, Any] | None = None


def render(listing: Listing, page: dict[str, Any]) -> Rendered:
    """One page of a listing as JSON bytes, in one statement (two with `include_total`)."""
    limit = page["limit"]
    behind = listing.rows.filter(listing.order.after(page["cursor"]))
    rows = json_rows.render(listing.order.apply(behind)[: limit + 1])
    has_more = len(rows) > limit
    rest = {
        "next_cursor": listing.order.cursor_of(json_rows.decode(rows[limit - 1])) if has_more else None,
        "has_more": has_more,
        "limit": limit,
        "total": listing.rows.count() if page["include_total"] else None,
        **(listing.extras or {}),
    }
    return _join(rows[:limit], rest)


def _join(rows: Sequence[bytes], rest: dict[str, Any]) -> Rendered:
    return Rendered(b'{"items":[' + b",".join(rows) + b"]," + orjson.dumps(rest)[1:])
