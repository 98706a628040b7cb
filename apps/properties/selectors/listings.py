"""Single listings and the amenity vocabulary."""

from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from apps.properties import permissions
from apps.properties.models import Amenity, Property, PropertyStatus
from apps.properties.selectors import picks, shapes
from apps.properties.selectors.orders import NEWEST
from ghar import dossiers
from ghar.actors import Actor
from ghar.db import json_rows
from ghar.db.listing import Listing
from ghar.errors import NotFound

OCCUPIED, VACANT = "occupied", "vacant"


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


_FOR_SERVICES = (
    "title", "status", "is_available", "owner__agent__login", "owner__agent__is_active",
)  # fmt: skip


def load_property(actor: Actor, property_id: int, *, hold: bool = False) -> Property:
    """A listing as a row, with its owner and their agent, for another area's services. Raises PropertyNotFound.

    With `hold` it stays, and stays as it is, until the transaction ends: nobody deletes it meanwhile. Of its columns
    only those are read that such a service asks for; any other is read when it is named.
    """
    rows = Property.objects.select_related("owner__agent").only(*_FOR_SERVICES)
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


def get_managed_property(actor: Actor, property_id: int) -> bytes:
    """A listing that the actor may write, as JSON. Raises PropertyNotFound."""
    pick = picks.managed(actor).where("properties.id = %(id)s", id=property_id)
    rows = json_rows.render(pick, shapes.listing_for(shapes.Viewer.of(actor)), limit=1)
    if not rows:
        raise PropertyNotFound
    return rows[0]


def list_managed_properties(
    actor: Actor, *, owner_id: int | None = None, occupancy: str | None = None, q: str | None = None
) -> Listing:
    """The listings that the actor may write, newest first.

    `occupancy` is occupied (rented) or vacant; `q` is looked for in title, locality and city.
    """
    pick = picks.managed(actor)
    if owner_id is not None:
        pick.where("properties.owner_id = %(owner_id)s", owner_id=owner_id)
    if occupancy is not None:
        pick.where("(properties.status = 'rented') = %(occupied)s", occupied=occupancy == OCCUPIED)
    if q:
        words = "concat_ws(' ', properties.title, properties.locality, properties.city)"
        pick.where(f"strpos(lower({words}), lower(%(q)s)) > 0", q=q)
    return Listing(pick=pick, shape=shapes.listing_for(shapes.Viewer.of(actor)), order=NEWEST)


def count_own_properties(actor: Actor) -> dict[str, Any]:
    """Of the actor's own listings: how many there are, how many are rented or not, and the rents of the rented."""
    rented = Q(status=PropertyStatus.RENTED)
    counted = Property.objects.filter(owner_id=actor.id).aggregate(
        total=Count("pk"), occupied=Count("pk", filter=rented), income=Sum("monthly_rent", filter=rented)
    )
    return {
        "total_properties": counted["total"],
        "occupied": counted["occupied"],
        "vacant": counted["total"] - counted["occupied"],
        "total_monthly_income": counted["income"] or 0,
    }


def list_amenities() -> "QuerySet[Amenity]":
    """The active amenities, by title."""
    return Amenity.objects.filter(is_active=True).order_by("title")


@dossiers.section("listings")
def list_listings_of(user: Any, most: int) -> dossiers.Rows:
    """The listings that a person owns."""
    names = ("id", "title", "property_type", "purpose", "status", "is_available", "is_live", "base_price",
             "monthly_rent", "city", "locality", "full_address", "owner_contact", "description", "created_at",
             "updated_at")  # fmt: skip
    return list(Property.objects.filter(owner=user).order_by("-created_at", "-pk").values(*names)[:most])
