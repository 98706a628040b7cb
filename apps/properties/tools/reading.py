"""Listings that clients read at their addresses, the request for a home, and what its fields suggest."""

from typing import Annotated, Any, Literal

from pydantic import Field

from apps.properties.selectors import listings, suggestions
from ghar.actors import Actor
from ghar.api import pages, parsing
from ghar.api.pages import PageIn
from ghar.db import json_rows
from ghar.prompts import Asked, asked, completes, prompt
from ghar.resources import resource
from ghar.tools import Audience, Id

EVERYBODY = {Audience.GUEST, Audience.USER, Audience.STAFF}
Begun = Annotated[str, Field(max_length=100)]
Words = Annotated[str | None, Field(max_length=200)]


def _own_listings(actor: Actor, cursor: str | None) -> dict[str, Any]:
    """The actor's own listings, as addresses."""
    if not actor.is_signed_in:
        return {"items": [], "next_cursor": None}
    page = pages.read(listings.list_my_properties(actor), parsing.arguments(PageIn, {"cursor": cursor, "limit": 100}))
    items = [{"uri": f"ghar://listing/{one['id']}", "title": one["title"]} for one in page["items"]]
    return {"items": items, "next_cursor": page["next_cursor"]}


@resource("ghar://listing/{property_id}", on=EVERYBODY, title="Listing", lists=_own_listings)
def listing(actor: Actor, property_id: Id) -> dict[str, Any]:
    """Everything about one listing: description, price, rooms, pictures, amenities and whose it is."""
    return dict(json_rows.decode(listings.get_property(actor, property_id)))


@prompt("find_a_home", on=EVERYBODY, title="Find a Home")
def find_a_home(
    actor: Actor,
    city: Annotated[str, Field(max_length=100, description="Where to look")],
    purpose: Annotated[Literal["rent", "buy", "short_stay"], Field(description="rent, buy or short_stay")] = "rent",
    locality: Annotated[Words, Field(description="A part of the city")] = None,
    bedrooms: Annotated[int | None, Field(ge=0, le=20, description="How many at least")] = None,
    budget: Annotated[Words, Field(description="In rupees, such as 40000 or 90 lakh")] = None,
    amenity: Annotated[Words, Field(description="What it must have")] = None,
) -> Asked:
    """Look for a home together: search, compare, and come to a short list with reasons."""
    wishes = {
        "to": purpose.replace("_", " "),
        "in": f"{locality}, {city}" if locality else city,
        "bedrooms": bedrooms and f"at least {bedrooms}",
        "budget": budget,
        "must have": amenity,
    }
    told = "\n".join(f"- {name}: {value}" for name, value in wishes.items() if value)
    return asked(
        f"Help me to find a home:\n{told}\n\n"
        "Search with discovery_search, and look at the best with discovery_property_get. Ask me about one thing at a "
        "time if my wishes leave it open. Then show me up to five, each with its price, what speaks for it and what "
        "against, and say what I would have to give up for something cheaper. Use only what the listings say. When "
        "I like one, offer to arrange a visit."
    )


@completes("city", on=EVERYBODY)
def cities(actor: Actor, value: Begun) -> dict[str, list[str]]:
    """The cities that have available listings."""
    return {"values": suggestions.list_cities(value)}


@completes("locality", on=EVERYBODY)
def localities(actor: Actor, value: Begun, city: str | None = None) -> dict[str, list[str]]:
    """The localities that have available listings, of the city that was chosen."""
    return {"values": suggestions.list_localities(value, city)}


@completes("amenity", on=EVERYBODY)
def amenities(actor: Actor, value: Begun) -> dict[str, list[str]]:
    """What a search can ask for."""
    return {"values": suggestions.list_amenity_titles(value)}
