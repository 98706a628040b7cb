"""Single listings and the amenity vocabulary."""

from django.db.models import QuerySet

from apps.properties import permissions
from apps.properties.models import Amenity, Property
from apps.properties.selectors import picks, shapes
from apps.properties.selectors.orders import NEWEST
from ghar.actors import Actor
from ghar.db import json_rows
from ghar.db.listing import Listing
from ghar.errors import NotFound


class PropertyNotFound(NotFound):
    """There is no such listing, or this actor may not see it."""

    code = "PROPERTY_NOT_FOUND"
    message = "Property not found"


def get_property(actor: Actor, property_id: int) -> bytes:
    """A listing as JSON, in one statement, available or not. Raises PropertyNotFound."""
    pick = picks.readable(actor).where("properties.id = %(id)s", id=property_id)
    rows = json_rows.render(pick, shapes.listing_for(shapes.Viewer.of(actor)), limit=1)
    if not rows:
        raise PropertyNotFound
    return rows[0]


def load_property(actor: Actor, property_id: int, *, hold: bool = False) -> Property:
    """A listing as a row, with its owner and their agent, for another area's services. Raises PropertyNotFound.

    With `hold` it stays, and stays as it is, until the transaction ends: nobody deletes it meanwhile.
    """
    rows = Property.objects.select_related("owner__agent").defer("search_vector")
    if hold:
        rows = rows.select_for_update(of=("self",), no_key=True)
    listing = rows.filter(permissions.visible_to(actor), pk=property_id).first()
    if listing is None:
        raise PropertyNotFound
    return listing


def list_my_properties(actor: Actor) -> Listing:
    """The actor's own listings of any status, newest first."""
    own = picks.bare(actor).where("properties.owner_id = %(viewer)s")
    return Listing(pick=own, shape=shapes.listing_for(shapes.Viewer.of(actor)), order=NEWEST)


def list_amenities() -> "QuerySet[Amenity]":
    """The active amenities, by title."""
    return Amenity.objects.filter(is_active=True).order_by("title")
