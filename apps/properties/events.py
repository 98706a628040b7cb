"""What happens to listings. `actor_id` is who did it, None for the platform."""

from dataclasses import dataclass

from ghar.events import Event


@dataclass(frozen=True)
class PropertyEvent(Event):
    """The listing, and whose it is."""

    property_id: int
    owner_id: int
    actor_id: int | None


@dataclass(frozen=True)
class PropertyCreated(PropertyEvent):
    """A listing was put in."""


@dataclass(frozen=True)
class PropertyUpdated(PropertyEvent):
    """Something that is written about it changed: the names of the fields."""

    changed: tuple[str, ...]


@dataclass(frozen=True)
class PropertyDeleted(PropertyEvent):
    """It is gone."""


@dataclass(frozen=True)
class ListingStatusChanged(PropertyEvent):
    """A shared home was approved, rejected, sent back, paused or put live; `status` is its moderation status."""

    title: str
    status: str
    reason: str | None


@dataclass(frozen=True)
class ListingsImported(Event):
    """Many listings came, changed or went at once, from a feed or as demo data."""

    source: str
    count: int


CHANGES: tuple[type[Event], ...] = (
    PropertyCreated, PropertyUpdated, PropertyDeleted, ListingStatusChanged, ListingsImported,
)  # fmt: skip
"""Everything after which a list of listings may look different."""
