"""Keyset order and cursors: a page neither repeats nor skips a row when others come and go.

A cursor holds the sort values of the last row with its id, so page fifty costs what page one costs.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from ghar.errors import BadRequest

_ABSENT = ("", "null", "undefined")
_VERSION = 1


class InvalidCursor(BadRequest):
    """The cursor was not made by this list in this order."""

    code = "INVALID_CURSOR"
    message = "Invalid pagination cursor"


@dataclass(frozen=True)
class Key:
    """One column of a sort order: its name on the wire, its SQL, and how a cursor's value is read back."""

    name: str
    sql: str
    read: Callable[[Any], Any]


@dataclass(frozen=True)
class Pool:
    """The rows that an order with costly keys is for: the first `most` of those that match, in an order that an index
    gives. `columns` are what the keys and measures are computed from."""

    columns: tuple[str, ...]
    order: "Order"
    most: int


@dataclass(frozen=True)
class Order:
    """A sort order, ascending or descending in all its keys. The last key must be unique, so that no two rows tie.

    `walk` is the one expression by which an index yields rows (`location <-> point`); such an index cannot break
    ties, so ties are broken among the rows that it gave. With a `pool` only those rows are sorted and listed.
    """

    name: str
    keys: tuple[Key, ...]
    descending: bool = False
    walk: str = ""
    pool: Pool | None = None

    @cached_property
    def sql(self) -> str:
        """The ORDER BY list over the table."""
        return self._directed([key.sql for key in self.keys])

    @cached_property
    def sql_of_names(self) -> str:
        """The ORDER BY list over rows that were picked already."""
        return self._directed([key.name for key in self.keys])

    def _directed(self, columns: Sequence[str]) -> str:
        return ", ".join([f"{column} {'DESC' if self.descending else 'ASC'}" for column in columns])

    def after(self, cursor: str | None) -> tuple[str, dict[str, Any]] | None:
        """The condition on rows behind a cursor and its parameters; None for the first page. Raises InvalidCursor."""
        if cursor is None or cursor.strip().lower() in _ABSENT:
            return None
        values = {f"after_{position}": value for position, value in enumerate(self._decode(cursor))}
        columns = ", ".join(key.sql for key in self.keys)
        given = ", ".join(f"%({name})s" for name in values)
        return f"({columns}) {'<' if self.descending else '>'} ({given})", values

    def cursor_of(self, values: Sequence[Any]) -> str:
        """The cursor that continues behind the row with these values of the keys."""
        content = {"k": values, "s": self.name, "v": _VERSION}
        return base64.urlsafe_b64encode(orjson.dumps(content, default=str)).rstrip(b"=").decode()

    def _decode(self, cursor: str) -> list[Any]:
        try:
            content = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            if content["v"] != _VERSION or content["s"] != self.name:
                raise InvalidCursor
            return [key.read(value) for key, value in zip(self.keys, content["k"], strict=True)]
        except (binascii.Error, ValueError, TypeError, KeyError, ArithmeticError) as wrong:
            raise InvalidCursor from wrong


def whole_number(value: Any) -> int:
    """A cursor's integer, within what the database's integers hold. Raises ValueError."""
    if type(value) is not int or not -(2**63) <= value < 2**63:
        raise ValueError("not an integer of the database")
    return value
