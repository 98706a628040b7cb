"""The life of a visit, whose turn it is, and how time and agents are shared. No database, no Django."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

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


@dataclass(frozen=True)
class Candidate:
    """An agent who is free: `ahead` visits are still to come, `rating` is of five stars."""

    agent_id: int
    ahead: int = 0
    is_at_work_then: bool = True
    rating: Decimal = Decimal(0)


def choose_agent(free: Iterable[Candidate]) -> int | None:
    """Who works at that time, has the fewest visits ahead and is liked best; then whoever has been here longest."""
    best = min(free, key=lambda one: (not one.is_at_work_then, one.ahead, -one.rating, one.agent_id), default=None)
    return best.agent_id if best else None


def is_at_work(hours: Any, begins: datetime) -> bool:
    """Does an agent with these hours (`start`, `end`, `timezone`) work at that moment? Whoever has no hours that can
    be read works at all of them, and hours that end before they start go over midnight."""
    if not isinstance(hours, Mapping):
        return True
    try:
        zone = ZoneInfo(str(hours.get("timezone") or "UTC"))
        start, end = (time.fromisoformat(hours[name]).replace(tzinfo=None) for name in ("start", "end"))
    except (KeyError, OSError, TypeError, ValueError, ZoneInfoNotFoundError):
        return True
    then = begins.astimezone(zone).time()
    return start <= then < end if start <= end else then >= start or then < end
