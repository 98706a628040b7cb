"""Telling owners what others did with their listings."""

from dataclasses import dataclass

from apps.properties import notices as kinds
from apps.properties.events import ListingStatusChanged
from apps.properties.rules import preferences
from ghar import notices
from ghar.notices import NoticeType


@dataclass(frozen=True)
class _Word:
    """What is told about a status; `body` has the listing's title."""

    kind: NoticeType
    title: str
    body: str


_WORDS = {
    preferences.PAUSED: _Word(
        kinds.PAUSED,
        "Is it still free?",
        "We paused “{title}” because it was not touched for a long time. Put it live again if it stands.",
    ),
    preferences.LIVE: _Word(kinds.APPROVED, "Your listing is live", "Everybody can find “{title}” now."),
    preferences.PENDING: _Word(
        kinds.REJECTED, "Your listing needs a change", "We looked at “{title}”. Please change it, and we look again."
    ),
    preferences.REJECTED: _Word(
        kinds.REJECTED, "Your listing was not approved", "We looked at “{title}” and cannot show it."
    ),
}


def system_tell_owner(event: ListingStatusChanged) -> None:
    """How a listing stands, and why, when somebody else decided it. A pause is told when the platform paused it."""
    if event.actor_id == event.owner_id or (event.status == preferences.PAUSED and event.actor_id is not None):
        return
    word = _WORDS[event.status]
    reason = f" The reason: {event.reason}" if event.reason and event.status != preferences.PAUSED else ""
    notices.send(
        user_id=event.owner_id,
        key=word.kind.key,
        title=word.title,
        body=word.body.format(title=event.title) + reason,
        data={"property_id": event.property_id},
        route="/post",
    )
