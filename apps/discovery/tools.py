"""Swipes and recommendations for models: what may please, what pleased, and saying so."""

from dataclasses import replace
from typing import Any

from apps.discovery import serializers
from apps.discovery.selectors import recommendations, saved_searches
from apps.discovery.selectors import swipes as selectors
from apps.discovery.services import decks, swipes
from apps.discovery.services import saved_searches as saving
from apps.properties.selectors import search, shapes
from ghar.actors import Actor
from ghar.api import pages, parsing
from ghar.api.pages import PageIn
from ghar.db import json_rows
from ghar.resources import resource
from ghar.tools import Audience, Id, tool

EVERYBODY = {Audience.GUEST, Audience.USER}
FEED_MOST = 20
RADIUS_KM = 50

Page = dict[str, Any]


def _shown(data: Page) -> str:
    return f"{len(data['properties'])} listings." if data["properties"] else "There is nothing new to show."


@tool(
    "discovery_swipe",
    on={Audience.USER},
    writes=True,
    title="Like or Pass Property",
    answers=serializers.SwipeAnswer,
    widget="PropertySwipeWidget",
    widget_shown=False,
    phrases=("Noting it", "Noted"),
    action="swipe",
    says=lambda data: "Liked." if data["is_liked"] else "Passed.",
)
def discovery_swipe(actor: Actor, property_id: Id, is_liked: bool) -> Page:
    """Keep whether the person likes a listing. `success` is false for one that is gone or their own."""
    action = "like" if is_liked else "pass"
    outcome = swipes.record_swipe(actor=actor, property_id=property_id, action=action)
    return {"success": outcome.stored, "property_id": property_id, "is_liked": is_liked}


@tool(
    "discovery_shortlist",
    on={Audience.USER},
    title="View Shortlisted Properties",
    answers=serializers.ShortlistAnswer,
    widget="PropertySearchWidget",
    phrases=("Getting what you like", "Homes that you like"),
    action="shortlist",
    says=lambda data: f"{data['total']} listings are liked.",
)
def discovery_shortlist(actor: Actor, cursor: str | None = None, limit: int = 20) -> Page:
    """The available listings that the person likes, the latest like first."""
    query = parsing.arguments(serializers.SwipeListIn, {"cursor": cursor, "limit": limit, "include_total": True})
    liked = selectors.list_swipes(actor, query, is_liked=True)
    page = pages.read(replace(liked, shape=selectors.with_swipe(shapes.CARD), extras=None), query)
    return {"properties": page.pop("items"), **page}


@tool(
    "discovery_recommendations",
    on={Audience.USER},
    title="Get Property Recommendations",
    answers=serializers.RecommendationsAnswer,
    widget="PropertySearchWidget",
    phrases=("Choosing homes for you", "Homes chosen for you"),
    action="recommendations",
    says=_shown,
)
def discovery_recommendations(
    actor: Actor, latitude: float | None = None, longitude: float | None = None, limit: int = 10
) -> Page:
    """Listings that the person may like and has not decided about, each with the reason.

    With a point (latitude and longitude) those within 50 km.
    """
    query = _query(latitude, longitude, None, limit)
    found = _recommended(actor, query)
    return {"properties": found, "count": len(found), "personalized": True}


@tool(
    "discovery_feed",
    on=EVERYBODY,
    title="Property Discovery Feed",
    answers=serializers.FeedAnswer,
    widget="PropertySwipeWidget",
    phrases=("Dealing homes", "Homes to look through"),
    says=_shown,
)
def discovery_feed(
    actor: Actor,
    latitude: float | None = None,
    longitude: float | None = None,
    purpose: str | None = None,
    limit: int = 10,
) -> Page:
    """Listings to look through one by one, without those that the person has decided about.

    With a point the nearest within 50 km, otherwise what they may like. `purpose` is buy, rent or short_stay.
    """
    query = _query(latitude, longitude, purpose, min(limit, FEED_MOST))
    found = _nearest(actor, query) if query["lat"] is not None else _recommended(actor, query)
    personal = any(one.get("because_of_property_id") for one in found)
    return {"properties": found, "count": len(found), "is_personalized": personal}


@tool(
    "discovery_save_search",
    on={Audience.USER},
    writes=True,
    title="Save Search",
    answers=serializers.SavedSearchAnswer,
    says=lambda data: f"Saved as {data['saved_search']['name']}.",
)
def discovery_save_search(actor: Actor, name: str, filters: dict[str, Any], notify: bool = True) -> Page:
    """Keep a search, so that the person is told of new listings that fit.

    `filters` are those of the listing search, for instance {"city": "Gurugram", "purpose": "rent", "price_max":
    40000, "bedrooms_min": 2, "property_type": ["apartment"], "q": "metro"}.
    """
    asked = parsing.body(serializers.SavedSearchIn, {"name": name, "filters": filters, "notify": notify})
    saved = saving.save_search(actor=actor, **asked)
    return {"saved_search": json_rows.decode(saved_searches.get_saved_search(actor, saved.pk))}


@tool(
    "discovery_saved_searches",
    on={Audience.USER},
    title="View Saved Searches",
    answers=serializers.SavedSearchesAnswer,
    says=lambda data: f"{data['total']} searches are saved.",
)
def discovery_saved_searches(actor: Actor, cursor: str | None = None, limit: int = 20) -> Page:
    """The person's saved searches, with how many listings that fit are new since they last looked."""
    query = parsing.arguments(PageIn, {"cursor": cursor, "limit": limit, "include_total": True})
    page = pages.read(saved_searches.list_saved_searches(actor), query)
    return {"saved_searches": page.pop("items"), **page}


def _own_searches(actor: Actor, cursor: str | None) -> Page:
    """The actor's saved searches, as addresses."""
    if not actor.is_signed_in:
        return {"items": [], "next_cursor": None}
    query = parsing.arguments(PageIn, {"cursor": cursor, "limit": 100})
    page = pages.read(saved_searches.list_saved_searches(actor), query)
    items = [{"uri": f"ghar://saved-search/{one['id']}", "title": one["name"]} for one in page["items"]]
    return {"items": items, "next_cursor": page["next_cursor"]}


@resource("ghar://saved-search/{saved_search_id}", on={Audience.USER}, title="Saved Search", lists=_own_searches)
def saved_search(actor: Actor, saved_search_id: Id) -> Page:
    """A search that the person has saved, and the first listings that it finds now."""
    saved = json_rows.decode(saved_searches.get_saved_search(actor, saved_search_id))
    query = parsing.arguments(PageIn, {"limit": FEED_MOST})
    found = pages.read(replace(saved_searches.list_found(actor, saved_search_id), shape=shapes.CARD), query)
    return {"saved_search": saved, "properties": found["items"]}


@tool(
    "discovery_delete_saved_search",
    on={Audience.USER},
    writes=True,
    destructive=True,
    title="Delete Saved Search",
    answers=serializers.ForgottenSearchAnswer,
    says=lambda data: "Deleted.",
)
def discovery_delete_saved_search(actor: Actor, saved_search_id: Id) -> Page:
    """Forget a saved search; the person is told nothing more of it."""
    saving.forget_saved_search(actor=actor, search_id=saved_search_id)
    return {"success": True, "saved_search_id": saved_search_id}


def _query(latitude: float | None, longitude: float | None, purpose: str | None, limit: int) -> Page:
    has_point = latitude is not None and longitude is not None
    asked = {
        "lat": latitude if has_point else None,
        "lng": longitude if has_point else None,
        "radius": RADIUS_KM,
        "purpose": purpose,
        "limit": limit,
        "sort_by": "distance",
        "exclude_swiped": True,
    }
    return parsing.arguments(serializers.SwipeListIn, asked)


def _nearest(actor: Actor, query: Page) -> list[Any]:
    found = search.search_properties(actor, query)
    return list(pages.read(replace(found, shape=shapes.CARD), query)["items"])


def _recommended(actor: Actor, query: Page) -> list[Any]:
    deck, _ = decks.open_deck(actor=actor, cursor=None)
    around = (query["lat"], query["lng"]) if query["lat"] is not None else None
    listing = recommendations.list_deck(actor, deck, around=around, purpose=query["purpose"])
    return list(pages.read(recommendations.as_cards(listing), query)["items"])
