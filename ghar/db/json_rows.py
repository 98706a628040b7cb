"""Rows that PostgreSQL renders as JSON itself: one statement a page, no model instances, no serializer.

A statement has two parts. The *page* picks rows: ids in order, with what was measured about them (a distance, a
rank). The *shape* says what one row looks like; it is the same for every request, so Django compiles it once. A page
of twenty listings costs a tenth of what nested serializers cost this way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Field, QuerySet
from django.db.models.expressions import RawSQL


@dataclass(frozen=True)
class Shape:
    """A compiled shape: its SQL for one row of the page, and the constants in it."""

    sql: str
    params: tuple[Any, ...]


def of_page(column: str, kind: "Field[Any, Any]") -> RawSQL:
    """A column of the page, for use inside a shape: `id`, `viewer`, or something measured."""
    return RawSQL(f'page."{column}"', [], output_field=kind)  # noqa: S611 - the name is a literal of our own


def compile_shape(row: "QuerySet[Any, Any]") -> Shape:
    """Compile a `.values(...)` queryset of one row as a shape; keep the result.

    The keys are the names given to `.values()`, without an underscore at their end: an annotation may not bear the
    name of a model's field, so `owner_` stands for `owner`. Numbers, dates and nested JSON come out as PostgreSQL
    writes them (numeric as a JSON number, times as ISO 8601 in UTC).
    """
    sql, params = row.query.sql_with_params()
    names = ", ".join(connection.ops.quote_name(name.rstrip("_")) for name in row.query.selected or ())
    return Shape(f"LATERAL ({sql}) r({names})", tuple(params))


def render(page: "QuerySet[Any, Any]", shape: Shape, *, limit: int, ties: Sequence[str] = ()) -> list[bytes]:
    """The first `limit` rows of the page, in its order, each as the bytes of one JSON object.

    An index that yields rows by distance cannot break ties. So a page ordered by distance alone is read WITH TIES,
    and `ties` names its columns by which the rows read are then sorted and cut: still one walk, and a total order.
    """
    try:
        sql, params = page.query.sql_with_params()
    except EmptyResultSet:
        return []
    if ties:
        columns = ", ".join(connection.ops.quote_name(name) for name in ties)
        sql = f"SELECT * FROM ({sql} FETCH FIRST {limit} ROWS WITH TIES) t ORDER BY {columns}"  # noqa: S608
    statement = (
        f"SELECT row_to_json(r)::text FROM (SELECT row_number() OVER () AS n, q.* FROM ({sql} LIMIT {limit}) q) page, "  # noqa: S608
        f"{shape.sql} ORDER BY page.n"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, (*params, *shape.params))
        return [text.encode() for (text,) in cursor.fetchall()]


def decode(row: bytes) -> dict[str, Any]:
    """One rendered row as a dictionary, for the few callers that need to look inside."""
    value: dict[str, Any] = orjson.loads(row)
    return value
