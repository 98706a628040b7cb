"""How many listings each further filter would leave: what clients show beside a list."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from apps.properties.models import Furnishing, PropertyPurpose, PropertyType
from apps.properties.selectors import asked, sampled, search
from apps.properties.selectors.asked import Asked, Filters
from apps.properties.selectors.orders import NEWEST
from ghar.actors import Actor
from ghar.db import direct
from ghar.db.json_rows import Pick

MOST_COUNTED = 5_000
"""Of the listings that match, the newest so many are counted."""
MOST_NAMED = 20
"""Localities and amenities that are told, the most frequent."""
BANDS = (
    0, 10_000, 20_000, 30_000, 50_000, 100_000, 500_000, 2_500_000, 5_000_000, 7_500_000, 10_000_000, 15_000_000,
    20_000_000, 30_000_000, 50_000_000, 100_000_000,
)  # fmt: skip
"""Where bands of prices begin, in rupees: rents below, sale prices above."""


@dataclass(frozen=True)
class _Facet:
    """A count by a column: `value` of a found listing, the filters that choose by it, what it joins, and the order.

    Where a filter takes what `contains` its value, so does the count: "Sector 4" counts Sector 45 too.
    """

    value: str
    filters: tuple[str, ...]
    join: str = ""
    order: str = "n DESC, value"
    contains: bool = False


_BY_NUMBER = "length(value), value"
_MOST_FREQUENT = f"n DESC, value LIMIT {MOST_NAMED}"
_FACETS = {
    "property_type": _Facet("f.property_type", ("property_type",)),
    "purpose": _Facet("f.purpose", ("purpose",)),
    "bedrooms": _Facet("f.bedrooms::text", ("bedrooms_min", "bedrooms_max"), order=_BY_NUMBER),
    "price": _Facet(
        "width_bucket(f.base_price, %(bands)s::numeric[])::text", ("price_min", "price_max"), order=_BY_NUMBER
    ),
    "furnishing": _Facet("f.furnishing_level", ("furnishing",)),
    "locality": _Facet("f.locality", ("locality",), order=_MOST_FREQUENT, contains=True),
    "amenities": _Facet(
        "a.title",
        ("amenities",),
        "JOIN property_amenities pa ON pa.property_id = f.id JOIN amenities a ON a.id = pa.amenity_id AND a.is_active",
        order=_MOST_FREQUENT,
    ),
}
_LABELS = {"property_type": PropertyType, "purpose": PropertyPurpose, "furnishing": Furnishing}
_COLUMNS = "id, created_at, property_type, purpose, bedrooms, base_price, furnishing_level, locality"


def count_facets(actor: Actor, filters: Filters) -> dict[str, Any]:
    """How many listings a search has, and how many by type, purpose, bedrooms, price, furnishing, locality, amenity.

    Each count ignores the filters of its own kind, as if they were not set: it tells what another choice would give.
    At most MOST_COUNTED listings are counted; `is_capped` says when there are more. A search by meaning leaves out
    nothing for its words, so its counts do not either. Raises SemanticNeedsText.
    """
    read = asked.read(filters)
    if filters["semantic_search"]:
        search.insist_on_words(filters)
        return {**_count(actor, Asked(filters, filters)), **search.extras_of(read)}
    counted = _count(actor, read)
    if not counted["total"] and filters["q"] and (instead := search.read_otherwise(read)) is not None:
        read, counted = instead, _count(actor, instead)
    return {**counted, **search.extras_of(read)}


def _count(actor: Actor, read: Asked) -> dict[str, Any]:
    chosen = {name: _condition(read, facet) for name, facet in _FACETS.items()}
    base = search.pick_of(actor, read, without=[name for facet in _FACETS.values() for name in facet.filters])
    marks = {name: f"coalesce({pick.condition}, FALSE)" for name, pick in chosen.items() if pick.conditions}
    if len(marks) > 1:
        base.where(f"{' + '.join(f'{mark}::int' for mark in marks.values())} >= {len(marks) - 1}")
    for pick in chosen.values():
        base.params.update(pick.params)
    base.params["bands"] = list(BANDS)
    sampled.guide(base, NEWEST, MOST_COUNTED, read)
    rows = direct.rows(_statement(base, marks), base.params, prepare=False)
    values: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, value, count in rows:
        values[name.decode()].append((value.decode(), int(count)))
    ((_, total),) = values.pop("total")
    return {
        "total": min(total, MOST_COUNTED),
        "is_capped": total > MOST_COUNTED,
        "facets": {name: [_entry(name, *pair) for pair in values[name]] for name in _FACETS},
    }


def _condition(read: Asked, facet: _Facet) -> Pick:
    """The filters of one kind, apart from all others."""
    pick = Pick("properties")
    search.add_filters(pick, read, only=facet.filters)
    return pick


def _statement(base: Pick, marks: dict[str, str]) -> str:
    """Rows that fail the filters of one kind at most are found once; each count takes those that pass the others."""
    columns = _COLUMNS + "".join(f", {mark} AS by_{name}" for name, mark in marks.items())
    found = base.first(columns, NEWEST.sql, MOST_COUNTED + 1)
    chosen = list(marks)
    parts = [_part(name, facet, [other for other in chosen if other != name]) for name, facet in _FACETS.items()]
    total = f"SELECT 'total' AS facet, '' AS value, count(*) AS n FROM found f WHERE {_all(chosen)}"  # noqa: S608
    return f"WITH found AS MATERIALIZED ({found}) {' UNION ALL '.join([*parts, total])}"


def _part(name: str, facet: _Facet, others: list[str]) -> str:
    counted = (
        f"SELECT '{name}' AS facet, {facet.value} AS value, count(*) AS n FROM found f {facet.join} "  # noqa: S608
        f"WHERE {facet.value} IS NOT NULL AND {_all(others)} GROUP BY 2"
    )
    rows = _containing(counted, facet) if facet.contains else f"SELECT * FROM ({counted}) c"  # noqa: S608
    return f"({rows} ORDER BY {facet.order})"


def _containing(counted: str, facet: _Facet) -> str:
    """The values that come first, each with what its filter finds: all values that have it within, in any case."""
    return (
        f"WITH counted AS (SELECT *, lower(value) AS folded FROM ({counted}) c) "  # noqa: S608
        "SELECT first.facet, first.value, sum(within.n) AS n "
        f"FROM (SELECT * FROM counted ORDER BY {facet.order}) first "
        "JOIN counted within ON strpos(within.folded, first.folded) > 0 GROUP BY 1, 2"
    )


def _all(names: Any) -> str:
    return " AND ".join(f"f.by_{name}" for name in names) or "TRUE"


def _entry(name: str, value: str, count: int) -> dict[str, Any]:
    if name == "price":
        return {"min": BANDS[int(value) - 1], "max": (*BANDS, None)[int(value)], "count": count}
    if name == "bedrooms":
        return {"value": int(value), "count": count}
    label = {"label": str(_LABELS[name](value).label)} if name in _LABELS else {}
    return {"value": value, **label, "count": count}
