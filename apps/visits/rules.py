"""The life of a visit, whose turn it is, and how time and agents are shared. No database, no Django."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

REQUESTED, CONFIRMED, SUGGESTED = "requested", "confirmed", "reschedule_suggested"
COMPLETED, CANCELLED = "completed", "cancelled"
OVER = frozenset({COMPLETED, CANCELLED})

MOVES: Mapping[str, frozenset[str]] = {
    REQUESTED: frozenset({CONFIRMED, SUGGESTED, COMPLETED, CANCELLED}),
    CONFIRMED: frozenset({SUGGESTED, COMPLETED, CANCELLED}),
    SUGGESTED: frozenset({CONFIRMED, SUGGESTED, COMPLETED, CANCELLED}),
    COMPLETED: frozenset(),
    CANCELLED: frozenset(),
}
"""What may follow each status. A completed or cancelled visit is over."""

FARTHEST = timedelta(days=366)
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)

OLD_NAMES = {"scheduled": REQUESTED, "rescheduled": SUGGESTED}
"""Names of statuses that some clients still send as a filter."""


def may_become(status: str, wanted: str) -> bool:
    """May a visit go from one status to the other?"""
    return wanted in MOVES[status]


def reminder_due_at(begins: datetime, now: datetime) -> datetime | None:
    """A day ahead; an hour ahead when it is sooner than that; nobody is reminded of what begins within the hour."""
    return next((begins - ahead for ahead in (_DAY, _HOUR) if begins - ahead > now), None)


def hours(begins: datetime, ends: datetime) -> Iterator[str]:
    """The names of the clock hours (UTC) that a time touches, in order. Times that overlap share one at least."""
    hour = begins.replace(minute=0, second=0, microsecond=0)
    while hour < ends:
        yield hour.strftime("%Y-%m-%dT%H")
        hour += _HOUR


def choose_agent(preferred: Iterable[int | None], free: Collection[int], loads: Mapping[int, int]) -> int | None:
    """The first preferred agent who is free, else the free one with the fewest visits ahead, ties by id."""
    known = next((agent_id for agent_id in preferred if agent_id in free), None)
    return known or min(free, key=lambda agent_id: (loads.get(agent_id, 0), agent_id), default=None)
