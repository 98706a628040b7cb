"""Since when the newest listings came: of very many that match, those are looked at first.

Where a pool of the newest matches is wanted, and a word is in every tenth of 200,000 listings, an index of words gives
20,000 rows in no order. Cut with what came lately, both by an index, that is a tenth of them. Whoever finds too few
looks at the others as well, so nothing depends on how exact the moment is.
"""

import time
from datetime import datetime
from typing import Any

from django.db import connection

from ghar.db.json_rows import Pick

NEWEST = 20_000
"""Open listings that count as recent; as long as there are not more, nothing is gained."""
SECONDS = 600
"""For so long a process keeps a moment."""

_CONDITION = "properties.created_at >= %(recent_from)s"
_ENOUGH = "properties.created_at >= %(recent_enough_from)s"
_SIZES = (1 / 16, 1 / 8, 1 / 4, 3 / 8, 1 / 2, 3 / 4, 1, 3 / 2, 2, 5 / 2, 3, 4, 5, 6)
"""Numbers of recent listings that are asked for, in times of `NEWEST`: there are few, so that they are known."""

_BEGAN = """
SELECT created_at FROM properties WHERE is_available AND is_live ORDER BY created_at DESC, id DESC OFFSET %s LIMIT 1
"""
_COUNTED = "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'properties'::regclass"
_kept: dict[int, tuple[float, Any]] = {}
_ALL = -1


def look_first(pick: Pick, least: float | None = None) -> int | None:
    """Have a pick by time look at recent listings first, at so many or some more; at how many, None where there are
    not so many."""
    size = NEWEST if least is None else _size(least)
    if size is None or (began := find_beginning(size)) is None:
        return None
    pick.recent = _CONDITION
    pick.params["recent_from"] = began
    return size


def look_again(pick: Pick, listings: int) -> None:
    """Where so many recent listings were too few, have a pick look at twice as many before all others."""
    size = _size(2 * listings)
    if size is not None and (began := find_beginning(size)) is not None:
        pick.recent_enough = _ENOUGH
        pick.params["recent_enough_from"] = began


def _size(least: float) -> int | None:
    """So many listings or some more, None when nobody asks for so many."""
    return next((int(NEWEST * size) for size in _SIZES if NEWEST * size >= least), None)


def find_beginning(listings: int | None = None) -> datetime | None:
    """The moment behind which so many listings came, None while there are not more. One statement in ten minutes."""
    wanted = NEWEST if listings is None else listings
    began: datetime | None = _known(wanted, _BEGAN, [wanted])
    return began


def count_roughly() -> int:
    """How many listings there are, as the database last reckoned. One statement in ten minutes."""
    return int(_known(_ALL, _COUNTED, []))


def _known(name: int, statement: str, params: list[int]) -> Any:
    until, value = _kept.get(name, (0.0, None))
    if time.monotonic() >= until:
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            row = cursor.fetchone()
        value = row[0] if row else None
        _kept[name] = (time.monotonic() + SECONDS, value)
    return value


def forget() -> None:
    """Keep nothing, as a process that has just begun."""
    _kept.clear()
