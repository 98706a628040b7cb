"""Listings for models: search, one listing, and the amenity vocabulary."""

from dataclasses import replace
from typing import Any

from apps.properties.selectors import listings, search, shapes
from apps.properties.serializers import answers
from apps.properties.serializers.listings import LONGEST_QUERY, PropertySearchIn
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
    answers=answers.FoundAnswer,
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
    answers=answers.ListingAnswer,
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
    answers=answers.AmenitiesAnswer,
    says=lambda data: f"There are {data['count']} amenities to search by.",
)
def discovery_amenities(actor: Actor) -> dict[str, Any]:
    """The amenities that a search can ask for, by name."""
    found = [{"id": one.pk, "name": one.title, "icon": one.icon} for one in listings.list_amenities()]
    return {"amenities": found, "count": len(found)}
