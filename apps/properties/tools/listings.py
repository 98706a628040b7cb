"""Listings for models: search, one listing, the amenity vocabulary, and an owner's or an agent's own."""

from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field

from apps.properties.selectors import listings, search, shapes
from apps.properties.serializers.listings import LONGEST_QUERY, PropertySearchIn
from apps.properties.serializers.writing import ManagedListIn, PropertyIn, PropertyUpdateIn
from apps.properties.services import listings as services
from apps.properties.services import moderation
from ghar.actors import Actor
from ghar.api import pages, parsing
from ghar.db import json_rows
from ghar.tools import Audience, Id, tool

EVERYBODY = {Audience.GUEST, Audience.USER}
MOST = 50


def _found(data: dict[str, Any]) -> str:
    if not data["total"]:
        return "No available listing matches."
    shown = len(data["properties"])
    return f"Found {data['total']} listings, of which {shown} are shown."


@tool(
    "discovery_search",
    on=EVERYBODY,
    title="Search Properties",
    widget="PropertySearchWidget",
    phrases=("Looking for homes", "Homes found"),
    says=_found,
)
def discovery_search(
    actor: Actor,
    query: str | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
    radius_km: int = 5,
    property_type: str | None = None,
    purpose: str | None = None,
    price_min: float | None = None,
    price_max: float | None = None,
    bedrooms_min: int | None = None,
    bedrooms_max: int | None = None,
    amenities: list[str] | str | None = None,
    city: str | None = None,
    locality: str | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    queries: list[dict[str, Any]] | None = None,
    max_results: int | None = None,
) -> dict[str, Any]:
    """Search the available listings.

    `query` may say it all in words: "3 bhk flat under 90 lakh near sector 45". Explicit arguments win over it.
    Prices are rupees (a sale price, or the rent of a month). `purpose` is buy, rent or short_stay. The newest come
    first; with a point (latitude and longitude) those within `radius_km`, the nearest first. `cursor` is the
    `next_cursor` of the page before.
    """
    first = queries[0] if queries else {}
    wanted = limit or max_results or first.get("limit") or first.get("max_results") or 20
    filters = parsing.arguments(
        PropertySearchIn,
        {
            "q": (query or str(first.get("query") or ""))[:LONGEST_QUERY],
            "lat": latitude,
            "lng": longitude,
            "radius": radius_km,
            "property_type": property_type,
            "purpose": purpose,
            "price_min": price_min,
            "price_max": price_max,
            "bedrooms_min": bedrooms_min,
            "bedrooms_max": bedrooms_max,
            "amenities": amenities.split(",") if isinstance(amenities, str) else amenities,
            "city": city,
            "locality": locality,
            "cursor": cursor,
            "include_total": True,
            "limit": min(wanted, MOST) if isinstance(wanted, int) else wanted,
            "sort_by": "newest" if latitude is None or longitude is None else "distance",
        },
    )
    listing = replace(search.search_properties(actor, filters), shape=shapes.CARD)
    page = pages.read(listing, filters)
    return {"properties": page.pop("items"), **page}


@tool(
    "discovery_property_get",
    on=EVERYBODY,
    title="Get Property Details",
    widget="PropertyDetailsWidget",
    phrases=("Opening the listing", "The listing is open"),
    says=lambda data: f"{data['property']['title']}.",
)
def discovery_property_get(actor: Actor, property_id: Id) -> dict[str, Any]:
    """Everything about one listing: description, price, rooms, pictures, amenities and whose it is."""
    found = json_rows.decode(listings.get_property(actor, property_id))
    return {"property": found, **({"user_liked": found["liked"]} if actor.is_signed_in else {})}


@tool(
    "discovery_amenities",
    on=EVERYBODY,
    title="List Property Amenities",
    says=lambda data: f"There are {data['count']} amenities to search by.",
)
def discovery_amenities(actor: Actor) -> dict[str, Any]:
    """The amenities that a search can ask for, by name."""
    found = [{"id": one.pk, "name": one.title, "icon": one.icon} for one in listings.list_amenities()]
    return {"amenities": found, "count": len(found)}


Numbers = float | None
Words = str | None
OWNERS = {Audience.USER}
STAFF = {Audience.STAFF}


def _brief(found: dict[str, Any]) -> dict[str, Any]:
    """A listing as lists of one's own show it."""
    return {
        **{name: found.get(name) for name in shapes.CARD.keys if name != "price"},
        "price": found["base_price"],
        "has_active_lease": found["current_lease_id"] is not None,
        "owner": found["owner"],
    }


def _managed(actor: Actor, **asked: Any) -> dict[str, Any]:
    query = parsing.arguments(ManagedListIn, asked | {"include_total": True})
    wanted = {name: query[name] for name in ("owner_id", "occupancy", "q")}
    page = pages.read(listings.list_managed_properties(actor, **wanted), query)
    return {**page, "items": [_brief(one) for one in page["items"]]}


def _full(actor: Actor, property_id: int) -> dict[str, Any]:
    return json_rows.decode(listings.get_managed_property(actor, property_id))


def _create(actor: Actor, owner_id: int | None, terms: dict[str, Any], **written: Any) -> dict[str, Any]:
    given = {name: value for name, value in written.items() if value is not None}
    values = parsing.body(PropertyIn, given) | terms
    made = services.create_property(actor=actor, values=values, owner_id=owner_id)
    return {"message": "Property created successfully", "property": _full(actor, made.pk)}


@tool(
    "owner_properties_list",
    on=OWNERS,
    envelope=True,
    title="List My Properties",
    widget="OwnerDashboardWidget",
    phrases=("Getting your listings", "Your listings"),
    says=lambda data: f"You have {data['stats']['total_properties']} listings; {data['total']} match.",
)
def owner_properties_list(
    actor: Actor, cursor: Words = None, limit: int = 20, occupancy: Words = None, q: Words = None
) -> dict[str, Any]:
    """The person's own listings, the newest first. `occupancy` is occupied or vacant; `q` is words of the title."""
    asked = {"cursor": cursor, "limit": limit, "occupancy": occupancy, "q": q, "owner_id": actor.id}
    return {**_managed(actor, **asked), "stats": listings.count_own_properties(actor)}


@tool("owner_properties_create", on=OWNERS, writes=True, envelope=True, title="Create Property Listing")
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
    return _create(actor, None, {}, **written)


@tool(
    "owner_properties_get",
    on=OWNERS,
    envelope=True,
    title="Get Property Details (Owner)",
    widget="PropertyDetailsWidget",
    phrases=("Opening your listing", "Your listing"),
    says=lambda data: f"{data['property']['title']}.",
)
def owner_properties_get(actor: Actor, property_id: Id) -> dict[str, Any]:
    """Everything about a listing of the person's, also what only its owner sees."""
    return {"property": _full(actor, property_id), "active_lease": None}


@tool("owner_properties_update", on=OWNERS, writes=True, envelope=True, title="Update Property Listing")
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
    return {"message": "Property updated successfully", "property": _full(actor, property_id)}


@tool(
    "owner_properties_toggle_availability",
    on=OWNERS,
    writes=True,
    envelope=True,
    title="Toggle Property Availability",
)
def owner_properties_toggle_availability(actor: Actor, property_id: Id, is_available: bool) -> dict[str, Any]:
    """Put a listing of the person's on the market or take it off."""
    services.change_availability(actor=actor, property_id=property_id, is_available=is_available)
    word = "available" if is_available else "unavailable"
    return {"message": f"Property is now {word}", "property_id": property_id}


@tool(
    "agent_properties_list",
    on=STAFF,
    envelope=True,
    title="List Managed Properties",
    widget="OwnerDashboardWidget",
    phrases=("Getting the listings", "The listings you manage"),
    says=lambda data: f"{data['total']} listings.",
)
def agent_properties_list(
    actor: Actor,
    owner_id: Id | None = None,
    cursor: Words = None,
    limit: int = 50,
    occupancy: Words = None,
    q: Words = None,
) -> dict[str, Any]:
    """The listings of an agent's customers, for admins everybody's. `occupancy` is occupied or vacant."""
    return _managed(actor, owner_id=owner_id, cursor=cursor, limit=limit, occupancy=occupancy, q=q)


@tool(
    "agent_properties_get",
    on=STAFF,
    envelope=True,
    title="Get Managed Property Details",
    widget="PropertyDetailsWidget",
    phrases=("Opening the listing", "The listing"),
    says=lambda data: f"{data['property']['title']}.",
)
def agent_properties_get(actor: Actor, property_id: Id) -> dict[str, Any]:
    """Everything about a listing of an agent's customer, with its owner."""
    found = _full(actor, property_id)
    return {"property": found, "owner": found["owner"], "active_lease": None, "tenant": None}


@tool("agent_properties_create_for_owner", on=STAFF, writes=True, envelope=True, title="Create Property For Owner")
def agent_properties_create_for_owner(
    actor: Actor,
    owner_id: Id,
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
    monthly_rent: Numbers = None,
    daily_rate: Numbers = None,
    bedrooms: int | None = None,
    bathrooms: int | None = None,
    area_sqft: Numbers = None,
    main_image_url: Words = None,
    payment_due_day: Annotated[int, Field(ge=1, le=28)] = 1,
    grace_period_days: Annotated[int, Field(ge=0, le=60)] = 5,
) -> dict[str, Any]:
    """Put in a listing for a customer, who owns it. `purpose` is buy, rent or short_stay; prices are rupees."""
    named = ("actor", "owner_id", "payment_due_day", "grace_period_days")
    written = {name: value for name, value in locals().items() if name not in (*named, "named")}
    terms = {"payment_due_day": payment_due_day, "grace_period_days": grace_period_days}
    return _create(actor, owner_id, terms, **written)


@tool("agent_properties_verify", on=STAFF, writes=True, envelope=True, title="Verify Property Listing")
def agent_properties_verify(
    actor: Actor, property_id: Id, is_verified: bool, verification_notes: Words = None
) -> dict[str, Any]:
    """Say that the listing of a customer is as written, or that it is not."""
    moderation.verify_listing(actor=actor, property_id=property_id, is_verified=is_verified, notes=verification_notes)
    word = "verified" if is_verified else "not verified"
    return {"message": f"Property is {word}", "property_id": property_id, "is_verified": is_verified}
