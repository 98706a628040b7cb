"""What owners' and agents' tools have in common."""

from typing import Any

from apps.properties.selectors import listings, shapes
from apps.properties.serializers.writing import ManagedListIn, PropertyIn
from apps.properties.services import listings as services
from ghar.actors import Actor
from ghar.api import pages, parsing
from ghar.db import json_rows

Numbers = float | None
Words = str | None


def brief(found: dict[str, Any]) -> dict[str, Any]:
    """A listing as lists of one's own show it."""
    return {
        **{name: found.get(name) for name in shapes.CARD.keys if name != "price"},
        "price": found["base_price"],
        "has_active_lease": found["current_lease_id"] is not None,
        "owner": found["owner"],
    }


def list_managed(actor: Actor, **asked: Any) -> dict[str, Any]:
    """A page of the listings that an actor looks after."""
    query = parsing.arguments(ManagedListIn, asked | {"include_total": True})
    wanted = {name: query[name] for name in ("owner_id", "occupancy", "q")}
    page = pages.read(listings.list_managed_properties(actor, **wanted), query)
    return {**page, "items": [brief(one) for one in page["items"]]}


def full(actor: Actor, property_id: int) -> dict[str, Any]:
    """Everything about one of them."""
    return json_rows.decode(listings.get_managed_property(actor, property_id))


def create(actor: Actor, owner_id: int | None, terms: dict[str, Any], **written: Any) -> dict[str, Any]:
    """Put a listing in; `terms` are what models cannot leave open."""
    given = {name: value for name, value in written.items() if value is not None}
    values = parsing.body(PropertyIn, given) | terms
    made = services.create_property(actor=actor, values=values, owner_id=owner_id)
    return {"message": "Property created successfully", "property": full(actor, made.pk)}
