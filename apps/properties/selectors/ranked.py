"""Listings in an order that was found for one search: a head of ranked ids, and behind it all others, newest first.

The ranking of a search by meaning is no sort key that an index could walk, and a listing that comes or changes while
somebody turns pages would move others. So the head travels in the cursor: every page is of the same ranking, whichever
process answers it, and each listing is on one page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from apps.properties.selectors.orders import NEWEST
from ghar.db.direct import Row
from ghar.db.json_rows import Pick
from ghar.db.keyset import Key, Order, whole_number

MOST_CHARACTERS = 1250
"""What a cursor holds of ranked ids: 150 of six hexadecimal digits and more, within the 2,000 that clients may send."""


@dataclass(frozen=True)
class Head:
    """The best of a ranking, the best first: their ids, and what was measured of each as PostgreSQL writes arrays."""

    ids: Sequence[int]
    scores: str
    distances: str

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "Head":
        """Of rows with an id, a score and a distance, which are left as PostgreSQL sent them."""
        scores, distances = (_array([row[column] for row in rows]) for column in (1, 2))
        return cls([int(row[0]) for row in rows], scores, distances)


@dataclass(frozen=True)
class Ranking(Order):
    """The order of one search. The ids of its head, the best first, are in every cursor of it.

    `behind` is the last listing of the page before: its time and id.
    """

    head: tuple[int, ...] = ()
    behind: tuple[datetime, int] | None = None

    @classmethod
    def of(cls, head: Sequence[int]) -> "Ranking":
        """A new ranking, cut to what a cursor holds."""
        longest = len(f"{max(head, default=0):x}.")
        return cls("meaning", NEWEST.keys, descending=True, head=tuple(head[: MOST_CHARACTERS // longest]))

    @classmethod
    def continued(cls, cursor: str | None) -> "Ranking | None":
        """The ranking that a cursor goes on with, None for the first page. Raises InvalidCursor."""
        behind = _CURSOR.after(cursor)
        if behind is None:
            return None
        head, created_at, listing_id = behind[1].values()
        return cls("meaning", NEWEST.keys, descending=True, head=head, behind=(created_at, listing_id))

    def after(self, cursor: str | None) -> None:
        """Nothing to add: the pick was made for this ranking, and begins behind its cursor."""

    def cursor_of(self, values: Sequence[Any]) -> str:
        """The cursor that continues behind the row with this time and id."""
        return _CURSOR.cursor_of([_written(self.head), *values])

    @property
    def place(self) -> int:
        """How many of the head are behind us; all of them, when the last listing was none of the head."""
        if self.behind is None:
            return 0
        last = self.behind[1]
        return self.head.index(last) + 1 if last in self.head else len(self.head)

    @property
    def is_past_head(self) -> bool:
        """Was the last listing one of the others?"""
        return self.behind is not None and self.behind[1] not in self.head


@lru_cache(maxsize=512)
def _written(ids: tuple[int, ...]) -> str:
    """How a cursor holds ids. Kept, because many ask for the first page of one search."""
    return ".".join(f"{listing_id:x}" for listing_id in ids)


def _ids(text: Any) -> tuple[int, ...]:
    """The ids of a cursor. Raises ValueError."""
    if not isinstance(text, str):
        raise ValueError("no text")  # noqa: TRY004 - a malformed cursor, like any other
    return tuple(whole_number(int(part, 16)) for part in text.split(".")) if text else ()


_CURSOR = Order("meaning", (Key("head", "", _ids), *NEWEST.keys))
"""How a ranking is written into a cursor."""


@dataclass
class RankedPick(Pick):
    """Rows in the order of a ranking: the head by place, then the others by time. Any other order is as usual."""

    def sql(self, order: Order | None, limit: int) -> str:
        """The ids and measures of the first `limit` rows behind the ranking's cursor."""
        if not isinstance(order, Ranking):
            return super().sql(order, limit)
        self.params |= {"head": _listed(order.head), "place": order.place}
        columns = f"properties.id, properties.created_at{self._measured}"
        behind = "TRUE"
        if order.is_past_head and order.behind:
            self.params |= {"behind_at": order.behind[0], "behind_id": order.behind[1]}
            behind = "(properties.created_at, properties.id) < (%(behind_at)s, %(behind_id)s)"
        return _PAGE.format(looked_up=looked_up(), columns=columns, where=self.condition, behind=behind, limit=limit)

    @property
    def _measured(self) -> str:
        return "".join(f", {sql} AS {name}" for name, sql in self.measures.items())


def head_pick(among: Pick, head: Head, most: int) -> "HeadPick":
    """Of the first `most` rows of a ranking, with what was measured when it was found."""
    named = {"head": _listed(tuple(head.ids)), "scores": head.scores, "distances": head.distances, "most": most}
    measures = {**among.measures, "relevance_score": "found.score", "vector_distance": "found.distance"}
    return HeadPick(among.table, among.conditions, {**among.params, **named}, measures)


@lru_cache(maxsize=512)
def _listed(ids: tuple[int, ...]) -> str:
    """Ids as PostgreSQL reads an array: writing it at once takes a tenth of psycopg's way, number by number."""
    return "{" + ",".join(map(str, ids)) + "}"


def _array(values: Sequence[bytes | None]) -> str:
    return "{" + ",".join("NULL" if value is None else value.decode() for value in values) + "}"


@dataclass
class HeadPick(Pick):
    """Rows of a ranking's head in its order, which still pass the conditions. See `head_pick`."""

    def sql(self, order: Order | None, limit: int) -> str:
        """The ids and measures of the first `limit` rows."""
        columns = "".join(f", {sql} AS {name}" for name, sql in self.measures.items())
        return (
            f"SELECT properties.id{columns} "  # noqa: S608
            "FROM unnest(%(head)s::bigint[], %(scores)s::float8[], %(distances)s::float8[]) "
            f"WITH ORDINALITY AS found (id, score, distance, place) {looked_up()} "
            f"WHERE found.place <= %(most)s AND {self.condition} ORDER BY found.place LIMIT {limit}"
        )


def looked_up(columns: str = "*") -> str:
    """The listings of `found`, each by its id: PostgreSQL may not begin with conditions, however few it expects."""
    return f"CROSS JOIN LATERAL (SELECT {columns} FROM properties p WHERE p.id = found.id OFFSET 0) properties"  # noqa: S608


# The others are looked for only when the rest of the head does not fill the page.
_PAGE = """
WITH headed AS MATERIALIZED (
  SELECT found.place, {columns}
  FROM unnest(%(head)s::bigint[]) WITH ORDINALITY AS found (id, place) {looked_up}
  WHERE found.place > %(place)s AND {where} ORDER BY found.place LIMIT {limit}
), others AS (
  SELECT NULL::bigint AS place, {columns}
  FROM properties WHERE {where} AND properties.id <> ALL(%(head)s::bigint[]) AND {behind}
    AND (SELECT count(*) FROM headed) < {limit}
  ORDER BY properties.created_at DESC, properties.id DESC LIMIT {limit}
)
SELECT * FROM (SELECT * FROM headed UNION ALL SELECT * FROM others) found
ORDER BY place NULLS LAST, created_at DESC, id DESC LIMIT {limit}
"""
