"""What waits for a moderator, and what helps to decide about it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.measure import D
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import FloatField, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from apps.properties import permissions
from apps.properties.models import Property
from apps.properties.models.listing import SHARED_TYPES
from apps.properties.rules import preferences
from ghar.actors import Actor

NEARBY_M = 300
"""How far apart (metres) two listings are, whosever they are, that may be the same home."""
OWN_NEARBY_M = 2000
"""The same of one owner's with nearly one title: a pin may be set carelessly."""
ALIKE = 0.7
"""How much alike (0 to 1) such titles are."""
MOST_ALIKE = 6


def _said(key: str) -> Coalesce:
    return Coalesce(KT(f"listing_preferences__{key}"), Value(""), output_field=TextField())


def list_waiting(actor: Actor) -> "QuerySet[Property]":
    """Shared homes that wait for a decision, the longest untouched first; none for whoever decides nothing.

    One that went back to its owner waits for them, until a change of theirs brings it here again.
    """
    if not permissions.can_correct(actor):
        return Property.objects.none()
    return (
        Property.objects.alias(decided=_said("moderated_at"), submitted=_said("ai_prescreened_at"))
        .filter(
            Q(decided="") | Q(decided__lt=_said("ai_prescreened_at")),
            is_live=False,
            property_type__in=SHARED_TYPES,
            listing_preferences__moderation_status=preferences.PENDING,
        )
        .order_by("updated_at", "pk")
    )


def count_waiting(actor: Actor) -> int:
    """How many there are."""
    return list_waiting(actor).count()


def find_waiting(actor: Actor, *, wanted: int | None = None, passed: Collection[int] = ()) -> Property | None:
    """The listing to decide about next: the wanted one while it waits, else the first that was not passed over."""
    rows = list_waiting(actor).select_related("owner").defer("search_vector")
    named = rows.filter(pk=wanted).first() if wanted is not None else None
    return named or rows.exclude(pk__in=passed).first()


def approved_at(listing: Property) -> datetime | None:
    """When a moderator let it live the last time."""
    said = listing.listing_preferences.get("approved_at")
    return datetime.fromisoformat(said) if said else None


def list_alike(listing: Property) -> list[Any]:
    """Listings that may be the same home: of its kind and within 300 m, or the owner's whose titles are 70 % alike and
    that are within 2 km, or where it is unknown how far apart they are.

    Each has `alike` (of the titles, 0 to 1) and `distance` (None without two positions).
    """
    same = Q(owner_id=listing.owner_id, alike__gte=ALIKE)
    if listing.location is not None:
        same &= Q(location=None) | Q(location__dwithin=(listing.location, D(m=OWN_NEARBY_M)))
        same |= Q(location__dwithin=(listing.location, D(m=NEARBY_M)), property_type=listing.property_type)
    distance = Distance("location", listing.location) if listing.location is not None else Value(None, FloatField())
    return list(
        Property.objects.exclude(pk=listing.pk)
        .defer("search_vector")
        .select_related("owner")
        .annotate(alike=TrigramSimilarity("title", listing.title), distance=distance)
        .filter(same)
        .order_by("-alike", "pk")[:MOST_ALIKE]
    )


def list_pictures(listing: Property) -> list[Any]:
    """Its pictures in order."""
    return list(listing.images.order_by("display_order", "pk"))
