"""What a deck is put together from, and a deck's pages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from apps.accounts import selectors as people
from apps.discovery.models import Swipe
from apps.discovery.rules.taste import Card, Place
from apps.discovery.selectors.swipes import NOT_SWIPED
from apps.properties.selectors import near, offers, picks, shapes
from ghar.actors import Actor
from ghar.db.json_rows import Shape
from ghar.db.keyset import Key, Order, whole_number
from ghar.db.listing import Listing

RECENT_LIKES = 10
CANDIDATES = 600
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


def list_liked(actor: Actor) -> list[Place]:
    """What the actor liked most recently, the latest first."""
    latest = Swipe.objects.filter(user=actor.user, is_liked=True).order_by("-swiped_at", "-pk")
    ids = list(latest.values_list("property_id", flat=True)[:RECENT_LIKES])
    found = {place.id: place for place in map(_place, offers.list_facts(Q(pk__in=ids), limit=len(ids)))}
    return [found[pk] for pk in ids if pk in found]


def get_wishes(actor: Actor) -> Mapping[str, Any]:
    """The actor's search preferences; nothing for nobody."""
    return people.get_preferences(actor) if actor.is_signed_in else {}


def list_candidates(actor: Actor, liked: list[Place]) -> list[Place]:
    """Open listings that the actor has not decided about and does not own, the most popular first.

    Half of them at most come from the cities of what they liked, so that a deck is never empty and never only that.
    """
    undecided = _undecided(actor)
    nearby = Q(city__in={place.city for place in liked if place.city}, purpose__in={place.purpose for place in liked})
    chosen = offers.list_open_facts(undecided & nearby, limit=CANDIDATES // 2) if liked else []
    known = {fact[0] for fact in chosen}
    anywhere = offers.list_open_facts(undecided, limit=CANDIDATES)
    return [_place(fact) for fact in [*chosen, *(fact for fact in anywhere if fact[0] not in known)]]


def _undecided(actor: Actor) -> Q:
    if not actor.is_signed_in:
        return Q()
    swiped: QuerySet[Swipe, int] = Swipe.objects.filter(user=actor.user).values_list("property_id", flat=True)
    return ~Q(owner_id=actor.id) & ~Q(pk__in=swiped)


def _place(fact: tuple[Any, ...]) -> Place:
    pk, title, city, locality, kind, purpose, bedrooms, price = fact
    return Place(pk, title, city, locality, kind, purpose, bedrooms, float(price))


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
