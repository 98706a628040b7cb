"""What notifications announce."""

from dataclasses import dataclass

from ghar.events import Event


@dataclass(frozen=True)
class NoticeSent(Event):
    """Something was said: to somebody, or by push alone (no `user_id`). `delivery_ids` are on their way outside."""

    notification_id: str
    user_id: int | None
    type: str
    title: str
    body: str
    route: str | None
    delivery_ids: tuple[str, ...]


@dataclass(frozen=True)
class CampaignAdvanced(Event):
    """A campaign has begun, was told to go on, or has told a chunk: everybody up to `reached`, and others wait if it
    `goes_on`. `delivery_ids` are on their way outside."""

    campaign_id: str
    reached: int
    goes_on: bool
    delivery_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class StuckExportAsked(Event):
    """An admin wants what is stuck as a file."""

    user_id: int
