"""What notifications announce."""

from dataclasses import dataclass

from ghar.events import Event


@dataclass(frozen=True)
class NoticeSent(Event):
    """Somebody was told something. `delivery_ids` are on their way outside."""

    notification_id: str
    user_id: int
    type: str
    title: str
    body: str
    route: str | None
    delivery_ids: tuple[str, ...]
