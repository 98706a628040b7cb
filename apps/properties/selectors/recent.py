"""Since when the newest listings came: of very many that match, those are looked at first.

Where a pool of the newest matches is wanted, and a word is in every tenth of 200,000 listings, an index of words gives
20,000 rows in no order. Cut with what came lately, both by an index, that is a tenth of them. Whoever finds too few
looks at the others as well, so nothing depends on how exact the moment is.
"""

import time
from datetime import datetime

from django.db import connection

from ghar.db.json_rows import Pick

NEWEST = 20_000
"""Open listings that count as recent; as long as there are not more, nothing is gained."""
SECONDS = 600
"""For so long a process keeps the moment."""

_CONDITION = "properties.created_at >= %(recent_from)s"

_BEGAN = """
SELECT created_at FROM properties WHERE is_available AND is_live ORDER BY created_at DESC, id DESC OFFSET %s LIMIT 1
"""
_kept: tuple[float, datetime | None] = (0.0, None)


def look_first(pick: Pick) -> None:
    """Have a pool of the newest of a pick look at recent listings first."""
    if (began := find_beginning()) is not None:
        pick.recent = _CONDITION
        pick.params["recent_from"] = began


def find_beginning() -> datetime | None:
    """The moment from which on listings are recent, None while all are. One statement in ten minutes."""
    global _kept  # noqa: PLW0603 - one moment a process, written by whoever finds it too old
    until, began = _kept
    if time.monotonic() >= until:
        with connection.cursor() as cursor:
            cursor.execute(_BEGAN, [NEWEST])
            row = cursor.fetchone()
        began = row[0] if row else None
        _kept = (time.monotonic() + SECONDS, began)
    return began


def forget() -> None:
    """Keep nothing, as a process that has just begun."""
    global _kept  # noqa: PLW0603
    _kept = (0.0, None)
