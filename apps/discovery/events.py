"""What people decide about listings."""

from dataclasses import dataclass

from ghar.events import Event


@dataclass(frozen=True)
class PropertySwiped(Event):
    """Somebody decided about a listing, or changed their mind. `action` is pass, like or super_like."""

    user_id: int
    property_id: int
    action: str
    was_liked: bool
    is_liked: bool


@dataclass(frozen=True)
class SwipeUndone(Event):
    """Somebody took it back."""

    user_id: int
    property_id: int
    was_liked: bool
