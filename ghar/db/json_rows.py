"""Rows that PostgreSQL renders as JSON itself: one statement a page, no model instances, no serializer.

A statement has two parts. The *pick* chooses rows: ids in order, with what was measured about them (a distance, a
rank). The *shape* says what one row looks like on the wire. Both are plain SQL with named parameters, put together
from constant fragments: values only ever travel as parameters. A page of twenty listings costs a tenth of what
nested serializers cost this way, and half of what compiling the same query from expressions costs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import orjson
from django.db import connection
from django.db.models import Model, Q
from django.db.models.sql import Query

from ghar.db import direct
from ghar.db.keyset import Order, Pool

Params = dict[str, Any]

FORESIGHT = 60
"""Rows for which a varied pick is planned, though a page has fewer. PostgreSQL guesses how many rows match, and for a
single page it would bet on finding them along the index of the order; where it guessed wrong, that reads every row."""


@dataclass
class Pick:
    """Which rows of a table: conditions joined by AND, their parameters, and what is measured of each row.

    `behind` is the condition on rows behind a cursor, and `late` are conditions on the rows of an order's pool alone. A
    pick is `varied` when the number of rows that match differs so much from value to value (words, areas on a map)
    that each statement is planned for its own values.

    Whoever knows better than the planner how many match may say how a page is to be looked for: `recent` is what the
    first rows of the order meet and no other, where an index gives those, and `recent_enough` the same of more rows,
    for when they are too few; `rephrased` says conditions in other words, which another index begins with or none; of
    `few` rows all are read and sorted.
    """

    table: str
    conditions: list[str] = field(default_factory=list)
    params: Params = field(default_factory=dict)
    measures: dict[str, str] = field(default_factory=dict)
    behind: str = ""
    late: list[str] = field(default_factory=list)
    varied: bool = False
    recent: str = ""
    recent_enough: str = ""
    rephrased: dict[str, str] = field(default_factory=dict)
    few: bool = False

    def where(self, condition: str, **params: Any) -> "Pick":
        """Add a condition, and parameters that it or others name."""
        if condition:
            self.conditions.append(condition)
        self.params.update(params)
        return self

    def follow(self, behind: tuple[str, Params] | None) -> None:
        """Only rows behind a cursor, as `Order.after` says it."""
        if behind is not None:
            self.behind = behind[0]
            self.params.update(behind[1])

    @property
    def condition(self) -> str:
        """All conditions as one."""
        return _all(self.conditions)

    def count(self) -> int:
        """How many rows there are."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {self.table} WHERE {self.condition}", self.params)  # noqa: S608
            return int(cursor.fetchone()[0])

    def sql(self, order: Order | None, limit: int) -> str:
        """The ids and measures of the first `limit` rows in the order."""
        columns = "".join([f", {sql} AS {name}" for name, sql in self.measures.items()])
        if order is not None and order.pool is not None:
            return f"SELECT {self.table}.id{columns} FROM {self._pooled(order.pool)} ORDER BY {order.sql} LIMIT {limit}"  # noqa: S608
        if order is not None and self.recent and not self.behind:
            keys = "".join(f", {key.sql} AS {key.name}" for key in order.keys if key.name != "id")
            first = self.first(f"{self.table}.id{columns}{keys}", order.sql, limit)
            return f"SELECT * FROM ({first}) w ORDER BY {order.sql_of_names} LIMIT {limit}"  # noqa: S608
        rows = f"SELECT {self.table}.id{columns} FROM {self._matching(self.behind)}"  # noqa: S608
        if order is None:
            return f"{rows} LIMIT {limit}"
        planned = max(limit, FORESIGHT) if self.varied and not self.rephrased else limit
        if order.walk:
            walked = f"{rows} ORDER BY {order.walk} FETCH FIRST {planned} ROWS WITH TIES"
            return f"SELECT * FROM ({walked}) w ORDER BY {order.sql_of_names} LIMIT {limit}"  # noqa: S608
        sorted_rows = f"{rows} ORDER BY {order.sql} LIMIT {planned}"
        if planned == limit:
            return sorted_rows
        return f"SELECT * FROM ({sorted_rows}) w ORDER BY row_number() OVER () LIMIT {limit}"  # noqa: S608

    def _pooled(self, pool: Pool) -> str:
        """The rows of the pool that are behind the cursor, under the table's name."""
        columns = ", ".join(f"{self.table}.{column}" for column in pool.columns)
        first = self.first(columns, pool.order.walk or pool.order.sql, pool.most)
        return f"({first}) {self.table} WHERE {_all([*self.late, *([self.behind] if self.behind else [])])}"

    def first(self, columns: str, order: str, most: int) -> str:
        """The first `most` rows of an order, in no order. Where enough of them are recent, no other is read."""
        rows = f"SELECT {columns} FROM"
        if not self.recent:
            return f"{rows} {self._matching()} ORDER BY {order} LIMIT {most}"
        parts = [f"recent AS MATERIALIZED ({rows} {self._matching(self.recent)} ORDER BY {order} LIMIT {most})"]
        found, missing = "SELECT * FROM recent", f"{most} - (SELECT count(*) FROM recent)"  # noqa: S608
        if self.recent_enough:
            more = self._matching(f"{self.recent_enough} AND NOT ({self.recent})")
            parts.append(f"earlier AS MATERIALIZED ({rows} {more} ORDER BY {order} LIMIT {missing})")
            found += " UNION ALL SELECT * FROM earlier"
            missing += " - (SELECT count(*) FROM earlier)"
        others = replace(self, few=True)._matching(f"NOT ({self.recent_enough or self.recent})")
        return f"WITH {', '.join(parts)} {found} UNION ALL ({rows} {others} ORDER BY {order} LIMIT {missing})"

    def _matching(self, more: str = "") -> str:
        """The table and what its rows have to meet, as a page looks for it."""
        said = [self.rephrased.get(condition, condition) for condition in self.conditions]
        where = f"{self.table} WHERE {_all([*said, more] if more else said)}"
        # The planner does not look for the order behind OFFSET: it would bet on finding enough along the order's index.
        return f"(SELECT * FROM {where} OFFSET 0) {self.table}" if self.few else where  # noqa: S608


def _all(conditions: Sequence[str]) -> str:
    return " AND ".join([f"({condition})" for condition in conditions]) or "TRUE"


@dataclass(frozen=True)
class Shape:
    """What one row looks like: the SQL of each key of its JSON. `page` is the picked row in them; `source` is FROM.

    Numbers, dates and nested JSON come out as PostgreSQL writes them: numeric as a JSON number, times as ISO 8601.
    """

    source: str
    keys: Mapping[str, str]

    @cached_property
    def sql(self) -> str:
        """The shape of one row, for use beside a page of picked rows."""
        columns = ", ".join(sql if sql.endswith(f".{key}") else f"{sql} AS {key}" for key, sql in self.keys.items())
        return f"LATERAL (SELECT {columns} FROM {self.source}) r"  # noqa: S608

    def embedded(self, page: str) -> str:
        """The SQL of one row's JSON inside another shape; `page` gives the picked row, from the outer one's columns."""
        return f"(SELECT row_to_json(r) FROM {page}, {self.sql})"  # noqa: S608


def render(pick: Pick, shape: Shape, *, limit: int, order: Order | None = None) -> list[bytes]:
    """The first `limit` rows in the order, each as the bytes of one JSON object."""
    numbered = f"SELECT row_number() OVER () AS n, q.* FROM ({pick.sql(order, limit)}) q"  # noqa: S608
    statement = _statement(numbered, shape, "row_to_json(r)::text")
    rows = direct.rows(statement, pick.params, prepare=not pick.varied)
    return [row for (row,) in rows]


def page(pick: Pick, shape: Shape, *, limit: int, order: Order) -> tuple[list[bytes], list[Any] | None]:
    """The first `limit` rows in the order, each as the bytes of one JSON object; and when more rows follow, the
    values of the order's keys in the last of them."""
    keys = ", ".join([f"r.{key.name}" for key in order.keys])
    is_last = f"page.n = {limit} AND page.n < page.found"
    columns = f"row_to_json(r)::text, CASE WHEN {is_last} THEN json_build_array({keys})::text END"
    # The row behind the page only tells that there is one: it is counted, and not given its shape.
    picked = (
        "SELECT * FROM (SELECT row_number() OVER () AS n, count(*) OVER () AS found, q.* "  # noqa: S608
        f"FROM ({pick.sql(order, limit + 1)}) q) counted WHERE n <= {limit}"
    )
    rows = direct.rows(_statement(picked, shape, columns), pick.params, prepare=not pick.varied)
    last = orjson.loads(rows[-1][1]) if rows and rows[-1][1] is not None else None
    return [row for row, _ in rows], last


def _statement(picked: str, shape: Shape, columns: str) -> str:
    """The shapes of the picked rows, in the order of their numbers `n`."""
    return f"SELECT {columns} FROM ({picked}) page, {shape.sql} ORDER BY page.n"  # noqa: S608


@lru_cache(maxsize=4096)
def condition(model: type[Model], q: Q) -> tuple[str, Params]:
    """A predicate of the permissions as SQL over the model's table, and its parameters. Compiled once each."""
    query = Query(model)
    compiler = query.get_compiler(connection=connection)
    sql, values = compiler.compile(query.build_where(q)) if q else ("TRUE", [])
    names = [f"may_{position}" for position in range(len(values))]
    return sql % tuple(f"%({name})s" for name in names), dict(zip(names, values, strict=True))


@lru_cache(maxsize=4096)
def among(model: type[Model], q: Q) -> tuple[str, Params]:
    """Like `condition`, for a predicate that looks into other tables: the rows of the model that it admits."""
    if not q:
        return "TRUE", {}
    sql, values = model._base_manager.filter(q).order_by().values("pk").query.sql_with_params()
    names = [f"among_{position}" for position in range(len(values))]
    inner = sql % tuple(f"%({name})s" for name in names)
    return f"{model._meta.db_table}.id IN ({inner})", dict(zip(names, values, strict=True))


def decode(row: bytes) -> dict[str, Any]:
    """One rendered row as a dictionary, for the few callers that need to look inside."""
    value: dict[str, Any] = orjson.loads(row)
    return value
