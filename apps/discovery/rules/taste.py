"""What somebody may like, from what they liked, visited and look for: scored, explained and mixed. Pure."""

import heapq
import math
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST = 200
"""Listings in a deck."""

_CITY, _LOCALITY, _TYPE = 4.0, 2.0, 1.0
_ROOMS, _PRICE = 0.5, 1.0
_SEARCH = 6.0  # fits a saved search: more than a place alone, less than a place with much in common
_RECENT = 0.93  # each like counts a little less than the one after it
_SAME_PLACE, _SAME_KIND, _SAME_CAUSE = 1.2, 0.4, 0.3  # lost when one, three, seven, ... like it were shown

PAGE = 20
MOST_OF_A_SOCIETY, MOST_OF_A_PLACE = 3, 8
"""Listings of one society, and of one locality, in any twenty that follow each other, while there are others."""

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
    society: str | None = None


@dataclass(frozen=True)
class Cause:
    """A listing that the person took to. `did` says what they did, in words that go before its title."""

    place: Place
    did: str = "you liked"


@dataclass(frozen=True)
class Card:
    """A recommended listing and why it is; `because_of` is the listing that they took to, when it is one."""

    id: int
    reason: str
    because_of: int | None = None


@dataclass(frozen=True)
class _Scored:
    score: float
    place: Place
    card: Card


def deal(
    candidates: Sequence[Place],
    causes: Sequence[Cause],
    wishes: Mapping[str, Any],
    searches: Mapping[int, str] | None = None,
) -> list[Card]:
    """The deck: the best candidates first, with no place, kind or cause over and over.

    `candidates` come in the order of their popularity, which decides where nothing else does. `causes` are what the
    person took to, the latest first; `wishes` their search preferences; `searches` the name of the saved search that
    a candidate fits, by its id.
    """
    scored = [_best(place, causes, wishes, (searches or {}).get(place.id)) for place in candidates]
    return [one.card for one in _mixed(scored)]


def _best(place: Place, causes: Sequence[Cause], wishes: Mapping[str, Any], search: str | None) -> _Scored:
    likenesses = [(_likeness(place, cause.place) * _RECENT**age, -age) for age, cause in enumerate(causes)]
    likeness, age = max(likenesses, default=(0.0, 0))
    wish, fit = _wish(place, wishes), _SEARCH if search else 0.0
    if likeness > 0 and likeness >= max(wish, fit):
        cause = causes[-age]
        return _Scored(likeness, place, Card(place.id, f"Because {cause.did} {cause.place.title}", cause.place.id))
    if fit >= wish and search:
        return _Scored(fit, place, Card(place.id, f"Fits your search “{search}”"))
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

    The loss only grows, so a candidate whose score is still the best after it was computed anew is the next. One of a
    society or a place that fills the present page waits until the page has moved on, or nothing else is left.
    """
    waiting = [(-one.score, order, one) for order, one in enumerate(scored)]
    heapq.heapify(waiting)
    held: list[tuple[float, int, _Scored]] = []
    shown: Counter[tuple[str, Any]] = Counter()
    page = _Page()
    mixed: list[_Scored] = []
    while (waiting or held) and len(mixed) < LONGEST:
        if not waiting:
            return (mixed + [one for _, _, one in sorted(held)])[:LONGEST]
        _, order, one = heapq.heappop(waiting)
        present = one.score - _penalty(one, shown)
        if waiting and (-present, order) > waiting[0][:2]:
            heapq.heappush(waiting, (-present, order, one))
        elif page.is_full_of(one.place):
            held.append((-present, order, one))
        else:
            mixed.append(one)
            shown.update(_traits(one))
            page.show(one.place)
            while held:
                heapq.heappush(waiting, held.pop())
    return mixed


class _Page:
    """The listings that somebody sees beside the next one: those just before it."""

    def __init__(self) -> None:
        self._seen: deque[Place] = deque(maxlen=PAGE - 1)

    def show(self, place: Place) -> None:
        self._seen.append(place)

    def is_full_of(self, place: Place) -> bool:
        """Has it as many of the listing's society, or locality, as there may be?"""
        alike = [other for other in self._seen if _same(other.locality, place.locality)]
        society = [other for other in alike if _same(other.society, place.society)]
        return len(society) >= MOST_OF_A_SOCIETY or len(alike) >= MOST_OF_A_PLACE


def _penalty(one: _Scored, shown: Mapping[tuple[str, Any], int]) -> float:
    losses = zip((_SAME_PLACE, _SAME_KIND, _SAME_CAUSE), _traits(one), strict=True)
    return sum(loss * math.log2(1 + shown[trait]) for loss, trait in losses)


def _traits(one: _Scored) -> tuple[tuple[str, Any], ...]:
    place = one.place
    return ("place", (place.city, place.locality)), ("kind", place.kind), ("cause", one.card.because_of or one.card.id)
