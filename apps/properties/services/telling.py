"""Telling owners what happened to their listings."""

from apps.properties import notices as kinds
from apps.properties.events import ListingStatusChanged
from apps.properties.rules import preferences
from ghar import notices


def system_tell_of_pause(event: ListingStatusChanged) -> None:
    """The platform paused a listing; whoever paused it themselves knows."""
    if event.status != preferences.PAUSED or event.actor_id is not None:
        return
    notices.send(
        user_id=event.owner_id,
        key=kinds.PAUSED.key,
        title="Is it still free?",
        body=f"We paused “{event.title}” because it was not touched for a long time. Put it live again if it stands.",
        data={"property_id": event.property_id},
        route="/post",
    )
