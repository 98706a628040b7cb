"""Boosts: for a day a listing comes before others that somebody may like as much."""

from datetime import datetime, timedelta

from django.db import transaction

from apps.properties.events import PropertyUpdated
from apps.properties.models import Property
from apps.properties.services import listings, refusals
from ghar import clock
from ghar.actors import Actor
from ghar.events import publish

LASTS = timedelta(hours=24)
EVERY = timedelta(days=7)
"""From the beginning of one boost to the next, so that not everybody comes first all the time."""
BY_OWNER = "owner"


@transaction.atomic
def boost_property(*, actor: Actor, property_id: int) -> Property:
    """Boost an open listing. While it lasts, the same again changes nothing.

    Raises PropertyNotFound, NotYourListing, NotOpen, BoostedLately.
    """
    listing = listings.system_hold(actor, property_id)
    if not (listing.is_available and listing.is_live):
        raise refusals.NotOpen
    ends = _ends(listing)
    if ends is not None and ends > clock.now():
        return listing
    _insist_on_patience(ends)
    until = clock.now() + LASTS
    listing.listing_preferences |= {"boosted_until": until.isoformat(), "boost_reason": BY_OWNER}
    listing.save(update_fields=["listing_preferences", "updated_at"])
    publish(
        PropertyUpdated(
            property_id=listing.pk, owner_id=listing.owner_id, actor_id=actor.id, changed=("listing_preferences",)
        )
    )
    return listing


def _ends(listing: Property) -> datetime | None:
    said = listing.listing_preferences.get("boosted_until")
    return datetime.fromisoformat(said) if said else None


def _insist_on_patience(ends: datetime | None) -> None:
    again = ends - LASTS + EVERY if ends is not None else None
    if again is not None and again > clock.now():
        raise refusals.BoostedLately(details={"again_at": again.isoformat()})
