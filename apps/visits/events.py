"""What happens to visits. `actor_id` is who did it, None for the platform; times are ISO 8601 in UTC."""

from dataclasses import dataclass

from ghar.events import Event


@dataclass(frozen=True)
class VisitEvent(Event):
    """The people concerned, and what they need to be told."""

    visit_id: int
    visitor_id: int
    property_id: int
    owner_id: int
    counterparty_id: int | None
    agent_user_ids: tuple[int, ...]
    actor_id: int | None
    property_title: str
    scheduled_date: str
    status: str


@dataclass(frozen=True)
class VisitScheduled(VisitEvent):
    """Somebody asked for a visit."""


@dataclass(frozen=True)
class VisitRescheduled(VisitEvent):
    """Somebody asked for another time; the other side confirms it."""


@dataclass(frozen=True)
class VisitConfirmed(VisitEvent):
    """The time is agreed."""


@dataclass(frozen=True)
class VisitCancelled(VisitEvent):
    """It will not take place."""


@dataclass(frozen=True)
class VisitCompleted(VisitEvent):
    """It took place."""


@dataclass(frozen=True)
class VisitUpdated(VisitEvent):
    """What is written about it changed."""


CHANGES: tuple[type[VisitEvent], ...] = (
    VisitScheduled, VisitRescheduled, VisitConfirmed, VisitCancelled, VisitCompleted, VisitUpdated,
)  # fmt: skip
"""Everything that can happen to a visit."""
