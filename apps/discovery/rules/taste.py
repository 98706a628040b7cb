"""What somebody may like, from what they liked, visited and look for: scored, explained and mixed. Pure."""

import heapq
import math
from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
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

    @cached_property
    def where(self) -> tuple[str, str, str]:
        """City, locality and society, as they are compared; "" is like none."""
        city, locality, society = ((name or "").casefold() for name in (self.city, self.locality, self.society))
        return city, locality, society


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

    @cached_property
    def traits(self) -> tuple[Hashable, Hashable, Hashable]:
        """What others may share with it: the place, the kind and the cause."""
        place, cause = self.place, self.card.because_of or self.card.id
        return ("place", place.city, place.locality), ("kind", place.kind), ("cause", cause)


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
    wished = _Wishes.of(wishes)
    scored = [_best(place, causes, wished, (searches or {}).get(place.id)) for place in candidates]
    return [one.card for one in _mixed(scored)]


def _best(place: Place, causes: Sequence[Cause], wishes: "_Wishes", search: str | None) -> _Scored:
    likenesses = [(_likeness(place, cause.place) * _RECENT**age, -age) for age, cause in enumerate(causes)]
    likeness, age = max(likenesses, default=(0.0, 0))
    wish, fit = wishes.met_by(place), _SEARCH if search else 0.0
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
    city, locality, _ = place.where
    other_city, other_locality, _ = other.where
    likeness = _CITY * bool(city and city == other_city) + _LOCALITY * bool(locality and locality == other_locality)
    likeness += _TYPE * (place.kind == other.kind)
    if not likeness:
        return 0.0
    return likeness + _ROOMS * (place.bedrooms == other.bedrooms) + _PRICE * _closeness(place.price, other.price)


def _closeness(one: float, other: float) -> float:
    """1 for the same price, 0.5 for half of it, 0 when there is none."""
    return min(one, other) / max(one, other) if min(one, other) > 0 else 0.0


@dataclass(frozen=True)
class _Wishes:
    """Search preferences, whatever may stand in them."""

    places: frozenset[str]
    kinds: list[Any]
    purpose: Any
    bedrooms: tuple[Any, Any]
    budget: tuple[Any, Any]

    @classmethod
    def of(cls, wishes: Mapping[str, Any]) -> "_Wishes":
        return cls(
            frozenset(str(name).casefold() for name in _list(wishes.get("location_preference"))),
            _list(wishes.get("property_type")),
            wishes.get("purpose"),
            (wishes.get("bedrooms_min"), wishes.get("bedrooms_max")),
            (wishes.get("budget_min"), wishes.get("budget_max")),
        )

    def met_by(self, place: Place) -> float:
        """How well a listing meets them: the sum of what is wished for and there."""
        city, locality, _ = place.where
        met = _CITY * bool((city and city in self.places) or (locality and locality in self.places))
        met += _TYPE * (place.kind in self.kinds) + _TYPE * (place.purpose == self.purpose)
        return met + _ROOMS * _within(place.bedrooms, *self.bedrooms) + _PRICE * _within(place.price, *self.budget)


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
    held: dict[str, list[tuple[float, int, _Scored]]] = {}
    losses, page = _Losses(), _Page()
    mixed: list[_Scored] = []
    while (waiting or held) and len(mixed) < LONGEST:
        if not waiting:
            return (mixed + [one for _, _, one in sorted(chain(*held.values()))])[:LONGEST]
        _, order, one = heapq.heappop(waiting)
        present = one.score - losses.of(one)
        if waiting and (-present, order) > waiting[0][:2]:
            heapq.heappush(waiting, (-present, order, one))
        elif page.is_full_of(one.place):
            held.setdefault(one.place.where[1], []).append((-present, order, one))
        else:
            mixed.append(one)
            losses.note(one)
            for entry in held.pop(page.show(one.place), ()):
                heapq.heappush(waiting, entry)
    return mixed


class _Page:
    """The listings that somebody sees beside the next one: those just before it."""

    def __init__(self) -> None:
        self._seen: deque[tuple[str, str]] = deque()
        self._of_place: Counter[str] = Counter()
        self._of_society: Counter[tuple[str, str]] = Counter()

    def show(self, place: Place) -> str:
        """One more. Gives the locality of the one that is behind the page by that, "" when none is."""
        self._count(place.where[1:], 1)
        self._seen.append(place.where[1:])
        if len(self._seen) < PAGE:
            return ""
        left = self._seen.popleft()
        self._count(left, -1)
        return left[0]

    def is_full_of(self, place: Place) -> bool:
        """Has it as many of the listing's society, or locality, as there may be?"""
        _, locality, society = place.where
        alike = bool(locality) and self._of_place[locality] >= MOST_OF_A_PLACE
        return alike or (bool(locality and society) and self._of_society[locality, society] >= MOST_OF_A_SOCIETY)

    def _count(self, where: tuple[str, str], by: int) -> None:
        self._of_place[where[0]] += by
        self._of_society[where] += by


class _Losses:
    """What a candidate loses by those like it that were shown: asked thousands of times a deck, so it is kept ready."""

    def __init__(self) -> None:
        self._shown: Counter[Hashable] = Counter()
        self._lost: defaultdict[Hashable, float] = defaultdict(float)

    def note(self, one: _Scored) -> None:
        """This one is shown."""
        for trait, loss in zip(one.traits, (_SAME_PLACE, _SAME_KIND, _SAME_CAUSE), strict=True):
            self._shown[trait] += 1
            self._lost[trait] = loss * math.log2(1 + self._shown[trait])

    def of(self, one: _Scored) -> float:
        """The loss of one that is not shown yet."""
        place, kind, cause = one.traits
        return self._lost[place] + self._lost[kind] + self._lost[cause]
