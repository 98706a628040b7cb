"""The order of a deck: the best first, with nothing over and over. Pure."""

import math
from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Sequence
from itertools import chain

import numpy as np

from apps.discovery.rules import weights
from apps.discovery.rules.places import Place

PAGE = 20
MOST_OF_A_SOCIETY, MOST_OF_A_PLACE = 3, 8
"""Listings of one society, and of one locality, in any twenty that follow each other, while there are others."""


def mix(places: Sequence[Place], scores: Sequence[float], causes: Sequence[int | None], longest: int) -> list[int]:
    """The places by their numbers, the best first, where each that is like one before it loses some of its score.

    `causes` tells of each place the listing that it is recommended for, if any. One of a society or a locality that
    fills the present page waits until the page has moved on, or nothing else is left.
    """
    waiting, page = _Waiting(places, scores, causes), _Page()
    held: defaultdict[str, list[int]] = defaultdict(list)
    mixed: list[int] = []
    while len(mixed) < longest and (best := waiting.take_best()) is not None:
        place = places[best]
        if page.is_full_of(place):
            held[place.where[1]].append(best)
            continue
        mixed.append(best)
        waiting.note(best)
        if again := held.pop(page.show(place), None):
            waiting.put_back(again)
    return mixed + waiting.sort(chain(*held.values()))[: longest - len(mixed)]


class _Waiting:
    """The places that are not shown yet. All are ranked anew for each that is shown, in a few steps on arrays: a row a
    trait that others may share (place, kind, cause), a column a place."""

    def __init__(self, places: Sequence[Place], scores: Sequence[float], causes: Sequence[int | None]) -> None:
        where, kinds = [(place.city, place.locality) for place in places], [place.kind for place in places]
        self._traits: tuple[Sequence[Hashable], ...] = (where, kinds, causes)
        self._alike = [_numbers_of(trait) for trait in self._traits]
        self._shown = [Counter[Hashable]() for _ in self._traits]
        self._scores = np.array(scores)
        self._losses = np.zeros((len(self._traits), len(places)))
        self._gone = np.zeros(len(places))

    def take_best(self) -> int | None:
        """The one that is worth most now, the first of equals, which waits no more; None when none is left."""
        worth = self._scores - self._losses.sum(axis=0) - self._gone
        if not worth.size or worth.max() == -math.inf:
            return None
        best = int(worth.argmax())
        self._gone[best] = math.inf
        return best

    def put_back(self, numbers: list[int]) -> None:
        """These wait again."""
        self._gone[numbers] = 0

    def sort(self, numbers: Iterable[int]) -> list[int]:
        """These, by what they are worth now."""
        worth = self._scores - self._losses.sum(axis=0)
        return sorted(numbers, key=lambda number: (-worth[number], number))

    def note(self, number: int) -> None:
        """This one is shown: all that are like it are worth less."""
        for row, (traits, loss) in enumerate(zip(self._traits, weights.SAME, strict=True)):
            trait = traits[number]
            if trait is not None:
                self._shown[row][trait] += 1
                self._losses[row, self._alike[row][trait]] = loss * math.log2(1 + self._shown[row][trait])


def _numbers_of(traits: Sequence[Hashable]) -> dict[Hashable, list[int]]:
    """Which have each trait, by their numbers."""
    numbers: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, trait in enumerate(traits):
        numbers[trait].append(number)
    return numbers


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
