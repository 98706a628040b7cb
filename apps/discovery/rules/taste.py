"""What somebody may like, from what they liked before: scored, explained and mixed. Pure."""

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST = 200
"""Listings in a deck."""

_CITY, _LOCALITY, _TYPE = 4.0, 2.0, 1.0
_ROOMS, _PRICE = 0.5, 1.0
_RECENT = 0.93  # each like counts a little less than the one after it
_SAME_PLACE, _SAME_KIND, _SAME_CAUSE = 1.2, 0.4, 0.3  # lost when one, three, seven, ... like it were shown

POPULAR = "Popular right now"
WANTED = "Matches your search preferences"


@dataclass(frozen=True)
class Place:
    """What matters of a listing; `price` is in rupees."""

    id: int
    title: str
    city: str | None
    locality: str | None
    kind: str
    purpose: str
    bedrooms: int | None
    price: float


@dataclass(frozen=True)
class Card:
    """A recommended listing and why it is; `because_of` is the liked listing, when it is one."""

    id: int
    reason: str
    because_of: int | None = None


@dataclass(frozen=True)
class _Scored:
    score: float
    place: Place
    card: Card


def deal(candidates: Sequence[Place], liked: Sequence[Place], wishes: Mapping[str, Any]) -> list[Card]:
    """The deck: the best candidates first, with no place, kind or cause over and over.

    `candidates` come in the order of their popularity, which decides where nothing else does. `liked` are what the
    person liked, the latest first; `wishes` their search preferences.
    """
    scored = [_best(place, liked, wishes) for place in candidates]
    return [one.card for one in _mixed(scored)]


def _best(place: Place, liked: Sequence[Place], wishes: Mapping[str, Any]) -> _Scored:
    likenesses = [(_likeness(place, other) * _RECENT**age, -age) for age, other in enumerate(liked)]
    likeness, age = max(likenesses, default=(0.0, 0))
    wish = _wish(place, wishes)
    if likeness > 0 and likeness >= wish:
        cause = liked[-age]
        return _Scored(likeness, place, Card(place.id, f"Because you liked {cause.title}", cause.id))
    return _Scored(wish, place, Card(place.id, WANTED if wish > 0 else POPULAR))


def _likeness(place: Place, other: Place) -> float:
    """How much two listings have in common; nothing when one is to buy and the other to rent."""
    if place.purpose != other.purpose:
        return 0.0
    common = [
        (_CITY, _same(place.city, other.city)),
        (_LOCALITY, _same(place.locality, other.locality)),
        (_TYPE, place.kind == other.kind),
    ]
    likeness = sum(weight for weight, is_common in common if is_common)
    if not likeness:
        return 0.0
    return likeness + _ROOMS * (place.bedrooms == other.bedrooms) + _PRICE * _closeness(place.price, other.price)


def _same(one: str | None, other: str | None) -> bool:
    return bool(one) and bool(other) and str(one).casefold() == str(other).casefold()


def _closeness(one: float, other: float) -> float:
    """1 for the same price, 0.5 for half of it, 0 when there is none."""
    return min(one, other) / max(one, other) if min(one, other) > 0 else 0.0


def _wish(place: Place, wishes: Mapping[str, Any]) -> float:
    """How well a listing meets search preferences: the sum of what is wished for and there."""
    places = {str(name).casefold() for name in _list(wishes.get("location_preference"))}
    met = (
        (_CITY, bool(places & {str(place.city).casefold(), str(place.locality).casefold()})),
        (_TYPE, place.kind in _list(wishes.get("property_type"))),
        (_TYPE, place.purpose == wishes.get("purpose")),
        (_ROOMS, _within(place.bedrooms, wishes.get("bedrooms_min"), wishes.get("bedrooms_max"))),
        (_PRICE, _within(place.price, wishes.get("budget_min"), wishes.get("budget_max"))),
    )
    return sum(weight for weight, is_met in met if is_met)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _within(value: float | None, least: Any, most: Any) -> bool:
    bounds = [bound for bound in (least, most) if isinstance(bound, (int, float))]
    if value is None or not bounds:
        return False
    above = not isinstance(least, (int, float)) or value >= least
    return above and (not isinstance(most, (int, float)) or value <= most)


def _mixed(scored: Iterable[_Scored]) -> list[_Scored]:
    """The best first, where each that is like one before it loses some of its score.

    The loss only grows, so a candidate whose score is still the best after it was computed anew is the next.
    """
    waiting = [(-one.score, order, one) for order, one in enumerate(scored)]
    heapq.heapify(waiting)
    shown: Counter[tuple[str, Any]] = Counter()
    mixed: list[_Scored] = []
    while waiting and len(mixed) < LONGEST:
        _, order, one = heapq.heappop(waiting)
        present = one.score - _penalty(one, shown)
        if waiting and (-present, order) > waiting[0][:2]:
            heapq.heappush(waiting, (-present, order, one))
            continue
        mixed.append(one)
        shown.update(_traits(one))
    return mixed


def _penalty(one: _Scored, shown: Mapping[tuple[str, Any], int]) -> float:
    losses = zip((_SAME_PLACE, _SAME_KIND, _SAME_CAUSE), _traits(one), strict=True)
    return sum(loss * math.log2(1 + shown[trait]) for loss, trait in losses)


def _traits(one: _Scored) -> tuple[tuple[str, Any], ...]:
    place = one.place
    return ("place", (place.city, place.locality)), ("kind", place.kind), ("cause", one.card.because_of or one.card.id)
