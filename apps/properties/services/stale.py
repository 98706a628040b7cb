"""Shared homes that nobody has touched for a long time are paused, because most of them are taken."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from apps.properties.models import Property
from apps.properties.models.listing import SHARED_TYPES
from apps.properties.rules import preferences
from apps.properties.services import moderation
from ghar import clock
from ghar.actors import SYSTEM

_BATCH = 200


def system_pause_stale_listings() -> int:
    """Pause the live shared homes that were not touched for `STALE_LISTING_PAUSE_DAYS`; answers how many."""
    paused = 0
    while batch := _pause_batch():
        paused += batch
    return paused


@transaction.atomic
def _pause_batch() -> int:
    """A batch in a transaction of its own; rows that somebody is writing are left for the next run."""
    rows = list(_stale().select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:_BATCH])
    for listing in rows:
        notes = {
            "auto_paused_reason": "stale_listing",
            "auto_paused_at": clock.now().isoformat(),
            "room_poster_review_required": True,
            "previous_moderation_status": preferences.LIVE,
        }
        moderation.system_set_status(listing, preferences.PAUSED, notes)
        listing.save(update_fields=["listing_preferences", "is_available", "updated_at"])
        moderation.system_announce(listing, SYSTEM, "stale_listing")
    return len(rows)


def _stale() -> "QuerySet[Property]":
    limit = clock.now() - timedelta(days=settings.STALE_LISTING_PAUSE_DAYS)
    rows = Property.objects.annotate(touched_at=Coalesce("updated_at", "created_at")).defer("search_vector")
    return rows.filter(Q(is_live=True), property_type__in=SHARED_TYPES, touched_at__lt=limit)
