"""The search of listings: filters, text, geography and order, ending in one statement a page."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from apps.properties.rules import places, queries
from apps.properties.selectors import asked, correction, meaning, near, picks, sampled, shapes, text
from apps.properties.selectors.asked import Asked, Filters
from apps.properties.selectors.conditions import CONDITIONS, READ, TYPE_OR_NAME, Condition
from apps.properties.selectors.orders import ORDERS, SortBy
from ghar.actors import Actor
from ghar.db.json_rows import Pick
from ghar.db.listing import Listing
from ghar.errors import BadRequest


class SemanticNeedsText(BadRequest):
    """A search by meaning needs words."""

    message = "semantic_search requires a search query (q)"


def search_properties(actor: Actor, filters: Filters, *, among: str = "", **params: Any) -> Listing:
    """The available listings that match, in the order asked for, shaped for the wire.

    `filters` are the values of PropertySearchIn. What its words are understood to mean counts like filters, unless
    the caller gave those. Distance order needs a point and relevance needs words; without them the newest come first.
    Where nothing is found, words are corrected, or taken as they stand. `among` is a condition of the caller's own on
    `properties`, with its parameters. Raises SemanticNeedsText.
    """
    insist_on_words(filters)

    def listing(read: Asked) -> Listing:
        pick, order = pick_of(actor, read).where(among, **params), ORDERS[_possible_order(read.filters)]
        if pick.varied:
            sampled.guide(pick, order, filters.get("limit", sampled.PAGE), read)
        return Listing(pick, shapes.listing_for(shapes.Viewer.of(actor)), order, extras_of(read))

    def otherwise() -> Listing | None:
        instead = read_otherwise(first)
        return None if instead is None else listing(instead)

    first = asked.read(filters)
    if filters["semantic_search"]:
        return _by_meaning(actor, first, among, params)
    return replace(listing(first), otherwise=otherwise) if filters["q"] else listing(first)


def insist_on_words(filters: Filters) -> None:
    """Raise SemanticNeedsText for a search by meaning that says nothing."""
    if filters["semantic_search"] and not filters["q"]:
        raise SemanticNeedsText


def _by_meaning(actor: Actor, read: Asked, among: str, params: dict[str, Any]) -> Listing:
    """Only what the caller gave explicitly filters; what their words were understood to mean orders, and is told so."""
    given = Asked(read.given, read.given)
    found = meaning.list_by_meaning(actor, read, pick_of(actor, given).where(among, **params), _wished_by(read))
    understood = {"understood": read.understood, **(found.extras or {})}
    return replace(found, extras=extras_of(given) | understood)


def _wished_by(read: Asked) -> Pick:
    """What was read from the words, as a condition each; a place is where a listing says that it is."""
    wished = Pick(picks.TABLE)
    add_filters(wished, read, only=[name for name in read.understood if name in CONDITIONS and name in read.filters])
    for number, query in enumerate(_places(read)):
        wished.where(text.has_words(f"place_{number}"), **{f"place_{number}": query})
    return wished


def _places(read: Asked) -> list[str]:
    """What listings in the places have that the words name, a text query each."""
    if read.wish is None:
        return []
    cities = [queries.where_it_is(places.names_of(read.wish.city))] if read.wish.city else []
    return [*(queries.in_one_of((place,)) for place in read.wish.localities), *cities]


def read_otherwise(read: Asked) -> Asked | None:
    """How else the words of a search that finds nothing can be read: corrected, or all of them as they stand."""
    if corrected := correction.find_corrections(read):
        return asked.read_corrected(read.given, corrected)
    return asked.as_typed(read.given) if asked.may_be_words(read) else None


def pick_of(actor: Actor, read: Asked, *, without: Collection[str] = ()) -> Pick:
    """The available listings that the actor may see and that match all filters but those."""
    pick = picks.visible(actor).where("properties.is_available")
    _near(pick, read.filters)
    _about(pick, read)
    for name, value in read.filters.items():
        if value not in asked.ABSENT and name in CONDITIONS and name not in without:
            _meaning(read, name)(pick, name, value)
    return pick


def add_filters(pick: Pick, read: Asked, *, only: Collection[str]) -> None:
    """The conditions of the filters of those names that are set."""
    for name in only:
        if (value := read.filters.get(name)) not in asked.ABSENT:
            _meaning(read, name)(pick, name, value)


def _meaning(read: Asked, name: str) -> Condition:
    """What was read in words may be met in more ways than the filter of that name."""
    if name == "property_type" and read.names:
        return TYPE_OR_NAME
    return READ[name] if name in read.understood and name in READ else CONDITIONS[name]


def _has_point(filters: Filters) -> bool:
    return filters["lat"] is not None and filters["lng"] is not None


def _possible_order(filters: Filters) -> SortBy:
    wanted = SortBy(filters["sort_by"])
    impossible = {SortBy.DISTANCE: not _has_point(filters), SortBy.RELEVANCE: not filters["q"]}
    return SortBy.NEWEST if impossible.get(wanted) else wanted


def _near(pick: Pick, filters: Filters) -> None:
    if _has_point(filters):
        pick.where(near.WITHIN, lat=filters["lat"], lng=filters["lng"], radius=filters["radius"])
        pick.measures["distance_km"] = near.KILOMETRES


def _about(pick: Pick, read: Asked) -> None:
    """The words that a listing must have. How many have them differs from word to word, and so does the best plan."""
    if not read.filters["q"]:
        return
    pick.varied = True
    pick.where("", words=read.matching or "", ranked_by=read.ranked_by, names=read.names)
    if read.matching is not None:
        pick.where(text.MATCHES)
    if _possible_order(read.filters) is SortBy.RELEVANCE:
        pick.measures["relevance_score"] = text.RANK


def extras_of(read: Asked) -> dict[str, Any]:
    """What clients show above a list: the filters that were understood, and the centre of the search."""
    filters = read.filters
    centre = {"latitude": filters["lat"], "longitude": filters["lng"], "radius_km": filters["radius"]}
    return {"filters_applied": read.applied, "search_center": centre if _has_point(filters) else None}
