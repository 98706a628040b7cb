"""What follows when something happened to a listing, or to its owner."""

from apps.accounts.events import AccountDeleted
from apps.properties import tasks
from apps.properties.events import CHANGES, ListingStatusChanged
from apps.properties.selectors import rankings
from apps.properties.services import listings, telling
from ghar import jobs
from ghar.events import Event, on
from ghar.outbox.follow_up import surely
from ghar.realtime import names
from ghar.realtime import publish as realtime


@on(ListingStatusChanged)
def refresh_owners_apps(event: ListingStatusChanged) -> None:
    """The owner's open apps show how the listing stands."""
    told = {"property_id": event.property_id, "change_type": event.status}
    realtime.to_user(event.owner_id, names.LISTING_STATUS_CHANGED, told)


@surely(ListingStatusChanged)
def tell_owner(event: ListingStatusChanged) -> None:
    """The owner hears of what others decided."""
    telling.system_tell_owner(event)


@surely(AccountDeleted)
def withdraw_listings(event: AccountDeleted) -> None:
    """Nobody is there any more to let or sell them."""
    listings.system_withdraw_listings(owner_id=event.user_id)


def embed_soon(_event: Event) -> None:
    """Searches by meaning find what is new within seconds; what a queue loses is found by the clock."""
    rankings.forget()
    jobs.enqueue(tasks.embed_listings)


for change in CHANGES:
    on(change)(embed_soon)
