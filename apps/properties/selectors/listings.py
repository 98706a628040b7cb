"""Single listings and the amenity vocabulary."""

from django.db.models import Q, QuerySet

from apps.properties import permissions
from apps.properties.models import Amenity, Property
from apps.properties.selectors import shapes
from apps.properties.selectors.orders import NEWEST
from ghar.actors import Actor
from ghar.db import json_rows
from ghar.db.keyset import Listing
from ghar.errors import NotFound


class PropertyNotFound(NotFound):
    """There is no such listing, or this actor may not see it."""

    code = "PROPERTY_NOT_FOUND"
    message = "Property not found"


def get_property(actor: Actor, property_id: int) -> bytes:
    """A listing as JSON, in one statement, available or not. Raises PropertyNotFound."""
    one = shapes.page_of(Property.objects.all(), actor, permissions.visible_to(actor), Q(pk=property_id))
    rows = json_rows.render(one, shapes.listing_for(actor), limit=1)
    if not rows:
        raise PropertyNotFound
    return rows[0]


def list_my_properties(actor: Actor) -> Listing:
    """The actor's own listings of any status, newest first."""
    own = shapes.page_of(Property.objects.all(), actor, Q(owner_id=actor.id))
    return Listing(rows=own, shape=shapes.listing_for(actor), order=NEWEST)


def list_amenities() -> "QuerySet[Amenity]":
    """The active amenities, by title."""
    return Amenity.objects.filter(is_active=True).order_by("title")
