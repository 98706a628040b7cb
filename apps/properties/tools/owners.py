"""An owner's own listings for models."""

from typing import Any

from apps.properties.selectors import listings
from apps.properties.serializers import answers
from apps.properties.serializers.writing import PropertyUpdateIn
from apps.properties.services import listings as services
from apps.properties.tools import managed
from apps.properties.tools.managed import Numbers, Words
from ghar.actors import Actor
from ghar.api import parsing
from ghar.tools import Audience, Id, tool

OWNERS = {Audience.USER}


@tool(
    "owner_properties_list",
    on=OWNERS,
    envelope=True,
    title="List My Properties",
    answers=answers.OwnListingsAnswer,
    widget="OwnerDashboardWidget",
    phrases=("Getting your listings", "Your listings"),
    says=lambda data: f"You have {data['stats']['total_properties']} listings; {data['total']} match.",
)
def owner_properties_list(
    actor: Actor, cursor: Words = None, limit: int = 20, occupancy: Words = None, q: Words = None
) -> dict[str, Any]:
    """The person's own listings, the newest first. `occupancy` is occupied or vacant; `q` is words of the title."""
    asked = {"cursor": cursor, "limit": limit, "occupancy": occupancy, "q": q, "owner_id": actor.id}
    return {**managed.list_managed(actor, **asked), "stats": listings.count_own_properties(actor)}


@tool(
    "owner_properties_create",
    on=OWNERS,
    writes=True,
    envelope=True,
    title="Create Property Listing",
    answers=answers.WrittenListingAnswer,
)
def owner_properties_create(
    actor: Actor,
    title: str,
    property_type: str,
    purpose: str,
    full_address: str,
    city: str,
    locality: str,
    latitude: float,
    longitude: float,
    base_price: float,
    description: Words = None,
    sub_locality: Words = None,
    pincode: Words = None,
    state: Words = None,
    monthly_rent: Numbers = None,
    daily_rate: Numbers = None,
    security_deposit: Numbers = None,
    maintenance_charges: Numbers = None,
    area_sqft: Numbers = None,
    bedrooms: int | None = None,
    bathrooms: int | None = None,
    balconies: int | None = None,
    parking_spaces: int | None = None,
    floor_number: int | None = None,
    total_floors: int | None = None,
    max_occupancy: int | None = None,
    minimum_stay_days: int | None = None,
    main_image_url: Words = None,
    virtual_tour_url: Words = None,
    amenity_ids: list[int] | None = None,
) -> dict[str, Any]:
    """Put in a listing of the person's. `purpose` is buy, rent or short_stay; prices are rupees.

    What is for rent needs `monthly_rent`. PG and flatmate listings wait for a review.
    """
    written = {name: value for name, value in locals().items() if name != "actor"}
    return managed.create(actor, None, {}, **written)


@tool(
    "owner_properties_get",
    on=OWNERS,
    envelope=True,
    title="Get Property Details (Owner)",
    answers=answers.OwnListingAnswer,
    widget="PropertyDetailsWidget",
    phrases=("Opening your listing", "Your listing"),
    says=lambda data: f"{data['property']['title']}.",
)
def owner_properties_get(actor: Actor, property_id: Id) -> dict[str, Any]:
    """Everything about a listing of the person's, also what only its owner sees."""
    return {"property": managed.full(actor, property_id), "active_lease": None}


@tool(
    "owner_properties_update",
    on=OWNERS,
    writes=True,
    envelope=True,
    title="Update Property Listing",
    answers=answers.WrittenListingAnswer,
)
def owner_properties_update(
    actor: Actor,
    property_id: Id,
    title: Words = None,
    description: Words = None,
    base_price: Numbers = None,
    monthly_rent: Numbers = None,
    daily_rate: Numbers = None,
    is_available: bool | None = None,
    max_occupancy: int | None = None,
    main_image_url: Words = None,
) -> dict[str, Any]:
    """Change the given fields of a listing of the person's; prices are rupees."""
    asked = {name: value for name, value in locals().items() if name not in ("actor", "property_id")}
    given = {name: value for name, value in asked.items() if value is not None}
    services.update_property(actor=actor, property_id=property_id, changes=parsing.body(PropertyUpdateIn, given))
    return {"message": "Property updated successfully", "property": managed.full(actor, property_id)}


@tool(
    "owner_properties_toggle_availability",
    on=OWNERS,
    writes=True,
    envelope=True,
    title="Toggle Property Availability",
    answers=answers.MarkedListingAnswer,
)
def owner_properties_toggle_availability(actor: Actor, property_id: Id, is_available: bool) -> dict[str, Any]:
    """Put a listing of the person's on the market or take it off."""
    services.change_availability(actor=actor, property_id=property_id, is_available=is_available)
    word = "available" if is_available else "unavailable"
    return {"message": f"Property is now {word}", "property_id": property_id}
