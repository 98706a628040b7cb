"""Which listings somebody may see."""

from django.db.models import Q

from apps.properties.models.listing import SHARED_TYPES
from ghar.actors import Actor

LIVE = "live"


def visible_to(actor: Actor) -> Q:
    """Every listing, except shared homes (PG, flatmate) that moderation has not let live.

    Those are seen by their owner and by admins alone. A shared home without a moderation status is live.
    """
    if actor.is_admin:
        return Q()
    live = Q(listing_preferences__moderation_status=LIVE) | ~Q(listing_preferences__has_key="moderation_status")
    others = ~Q(property_type__in=SHARED_TYPES) | live
    return others | Q(owner_id=actor.id) if actor.is_signed_in else others
