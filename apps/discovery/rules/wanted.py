"""The filters of a saved search: what is kept of those that were given, and how they are read again. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

_OF_A_PAGE = frozenset({"cursor", "limit", "include_total", "exclude_swiped", "semantic_search"})
_SAY_NOTHING = frozenset({"sort_by", "radius", "lat", "lng"})
_ALWAYS: dict[str, Any] = {
    "lat": None, "lng": None, "radius": 5, "q": None, "semantic_search": False, "sort_by": "newest",
}  # fmt: skip
_MOMENTS = frozenset({"available_from"})


DRAWN = frozenset({"bbox", "polygon"})
"""Areas: text for the listing search, coordinates once they are kept. Clients send back what they were given."""


def spelled(area: Any) -> Any:
    """Kept coordinates as the listing search reads them: `a,b,c,d` for numbers, `a b, c d` for pairs."""
    if not isinstance(area, list):
        return area
    pairs = [" ".join(map(str, pair)) if isinstance(pair, list) else str(pair) for pair in area]
    return ",".join(pairs)


def kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """Of the listing search's values those that say something, as JSON holds them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if name not in _OF_A_PAGE and _is_said(value) and value != _ALWAYS.get(name)
    }


def _is_said(value: Any) -> bool:
    """Zero says something: the ground floor is floor 0."""
    return value is not False and value not in (None, "", [])


def says_something(stored: Mapping[str, Any]) -> bool:
    """Is there anything in it that leaves listings out? A place does, with both of its numbers."""
    return bool(stored.keys() - _SAY_NOTHING) or {"lat", "lng"} <= stored.keys()


def read(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the listing search takes them."""
    values = {name: datetime.fromisoformat(value) if name in _MOMENTS else value for name, value in stored.items()}
    return {**_ALWAYS, **values}
