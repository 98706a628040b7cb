"""What a deck is put together from, and a deck's pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from apps.accounts import selectors as people
from apps.discovery.models import SavedSearch, Swipe
from apps.discovery.rules import wanted
from apps.discovery.rules.places import Cause, Place
from apps.discovery.rules.taste import Card
from apps.discovery.selectors.swipes import NOT_SWIPED
from apps.properties.selectors import near, offers, picks, search, shapes
from ghar.actors import Actor
from ghar.db import json_rows
from ghar.db.json_rows import Shape
from ghar.db.keyset import Key, Order, whole_number
from ghar.db.listing import Listing

RECENT = 10
"""Listings that somebody took to of which recommendations are made."""

CANDIDATES = 600
BOOSTED = 40
_SEARCHES, _OF_A_SEARCH = 3, 60
_RADIUS_KM = 50


@dataclass(frozen=True)
class Deck:
    """Recommended listings in their order, under a name of its own."""

    name: str
    cards: tuple[Card, ...]


def _name(value: Any) -> str:
    """A deck's name out of a cursor. Raises ValueError."""
    if not (isinstance(value, str) and value.isascii() and value.isalnum() and len(value) <= _LONGEST_NAME):
        raise ValueError("not the name of a deck")
    return value


_LONGEST_NAME = 64
_PLACE = "array_position(%(deck_ids)s::bigint[], properties.id)"
IN_PLACE = Order(
    "deck",
    (
        Key("recommendation_id", "%(deck_name)s::text", _name),
        Key("recommendation_place", _PLACE, whole_number),
        Key("id", "properties.id", whole_number),
    ),
)


def find_deck_name(cursor: str | None) -> str | None:
    """The deck that a cursor continues; None for a first page. Raises InvalidCursor."""
    behind = IN_PLACE.after(cursor)
    return None if behind is None else str(behind[1]["after_0"])


Deeds = Callable[[Actor], list[tuple[int, datetime, str]]]
_deeds: list[Deeds] = []


def learn_from(deeds: Deeds) -> None:
    """Learn from what an area above knows: (listing, when, what they did in words) of the actor, the latest first,
    `RECENT` at most. The area says so once, while it is loaded."""
    _deeds.append(deeds)


def list_causes(actor: Actor) -> list[Cause]:
    """What the actor took to most recently, the latest first, each listing once."""
    done = sorted(
        (deed for deeds in (_likes, *_deeds) for deed in deeds(actor)), key=lambda deed: deed[1], reverse=True
    )
    latest = {property_id: did for property_id, _, did in reversed(done)}
    ids = list(dict.fromkeys(property_id for property_id, _, _ in done))[:RECENT]
    found = {place.id: place for place in map(_place, offers.list_facts(Q(pk__in=ids), limit=len(ids)))}
    return [Cause(found[pk], latest[pk]) for pk in ids if pk in found]


def _likes(actor: Actor) -> list[tuple[int, datetime, str]]:
    latest = Swipe.objects.filter(user=actor.user, is_liked=True).order_by("-swiped_at", "-pk")
    return [(pk, moment, "you liked") for pk, moment in latest.values_list("property_id", "swiped_at")[:RECENT]]


def list_fitting(actor: Actor) -> dict[int, str]:
    """The name of the saved search that an open listing fits which the actor has not decided about, by its id."""
    fitting: dict[int, str] = {}
    for saved in SavedSearch.objects.filter(user=actor.user).order_by("-created_at", "-pk")[:_SEARCHES]:
        found = search.search_properties(actor, wanted.read(saved.filters))
        found.pick.where(NOT_SWIPED).where("properties.owner_id <> %(viewer)s")
        for row in json_rows.render(found.pick, _ID_ALONE, limit=_OF_A_SEARCH, order=found.order):
            fitting.setdefault(json_rows.decode(row)["id"], saved.name)
    return fitting


_ID_ALONE = Shape("(SELECT 1) p", {"id": "page.id"})


def get_wishes(actor: Actor) -> Mapping[str, Any]:
    """The actor's search preferences; nothing for nobody."""
    return people.get_preferences(actor) if actor.is_signed_in else {}


def list_candidates(actor: Actor, causes: list[Cause], fitting: Mapping[int, str]) -> list[Place]:
    """Open listings that the actor has not decided about, does not own and did not take to: those whose boost lasts
    first, then the most popular.

    Half of them at most come from the cities of what they took to, so that a deck is never empty and never only that;
    what fits their saved searches comes along.
    """
    unknown = _undecided(actor) & ~Q(pk__in=[cause.place.id for cause in causes])
    cities = {cause.place.city for cause in causes if cause.place.city}
    nearby = Q(city__in=cities, purpose__in={cause.place.purpose for cause in causes})
    chosen = offers.list_open_facts(unknown & nearby, limit=CANDIDATES // 2) if causes else []
    if fitting:
        chosen += offers.list_open_facts(unknown & Q(pk__in=list(fitting)), limit=len(fitting))
    anywhere = offers.list_open_facts(unknown, limit=CANDIDATES)
    boosted = offers.list_boosted_facts(unknown, limit=BOOSTED)
    return [_place(fact) for fact in {fact[0]: fact for fact in [*boosted, *chosen, *anywhere]}.values()]


def _undecided(actor: Actor) -> Q:
    if not actor.is_signed_in:
        return Q()
    swiped: QuerySet[Swipe, int] = Swipe.objects.filter(user=actor.user).values_list("property_id", flat=True)
    return ~Q(owner_id=actor.id) & ~Q(pk__in=swiped)


def _place(fact: tuple[Any, ...]) -> Place:
    pk, title, city, locality, society, kind, purpose, bedrooms, price = fact
    return Place(pk, title, city, locality, kind, purpose, bedrooms, float(price), society)


def list_deck(
    actor: Actor, deck: Deck, *, around: tuple[float, float] | None = None, purpose: str | None = None
) -> Listing:
    """A deck's listings that are still open and that the actor has not decided about since.

    `around` (latitude, longitude) leaves those within 50 km, `purpose` those to buy, to rent or for a short stay.
    """
    pick = (
        picks.visible(actor)
        .where("properties.is_available")
        .where(
            "properties.id = ANY(%(deck_ids)s::bigint[])",
            deck_name=deck.name,
            deck_ids=[card.id for card in deck.cards],
            deck_reasons=[card.reason for card in deck.cards],
            deck_causes=[card.because_of for card in deck.cards],
        )
    )
    if actor.is_signed_in:
        pick.where(NOT_SWIPED)
    if purpose is not None:
        pick.where("properties.purpose = %(purpose)s", purpose=purpose)
    if around is not None:
        pick.where(near.WITHIN, lat=around[0], lng=around[1], radius=_RADIUS_KM)
        pick.measures["distance_km"] = near.KILOMETRES
    pick.measures |= {
        "recommendation_place": _PLACE,
        "recommendation_reason": f"(%(deck_reasons)s::text[])[{_PLACE}]",
        "because_of_property_id": f"(%(deck_causes)s::bigint[])[{_PLACE}]",
    }
    return Listing(pick, explained(shapes.listing_for(shapes.Viewer.of(actor))), IN_PLACE)


def as_cards(listing: Listing) -> Listing:
    """The same listings, of each only what a list shows."""
    return replace(listing, shape=explained(shapes.CARD))


def explained(shape: Shape) -> Shape:
    """A listing's shape with its place in a deck and the reason for it."""
    names = ("recommendation_place", "recommendation_reason", "because_of_property_id")
    keys = {"recommendation_id": "%(deck_name)s::text", **{name: f"page.{name}" for name in names}}
    return Shape(shape.source, {**shape.keys, **keys})
