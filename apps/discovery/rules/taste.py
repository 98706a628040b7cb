"""What somebody may like, from what they liked, visited and look for: scored, explained and mixed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.discovery.rules import likeness, mixing, weights
from apps.discovery.rules.likeness import Likeness
from apps.discovery.rules.places import Cause, Place
from apps.discovery.rules.wishes import Wishes

LONGEST = 200
"""Listings in a deck."""

POPULAR = "Popular right now"
WANTED = "Matches your search preferences"


@dataclass(frozen=True)
class Card:
    """A recommended listing and why it is; `because_of` is the listing that they took to, when it is one."""

    id: int
    reason: str
    because_of: int | None = None


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
    wished, named = Wishes.of(wishes), searches or {}
    reasons = [
        _reason(like, wished.met_by(place), named.get(place.id))
        for place, like in zip(candidates, likeness.find_likest(candidates, causes), strict=True)
    ]
    scores = [reason.score for reason in reasons]
    because_of = [reason.cause.place.id if reason.cause else None for reason in reasons]
    order = mixing.mix(candidates, scores, because_of, LONGEST)
    return [Card(candidates[number].id, reasons[number].told(), because_of[number]) for number in order]


@dataclass(frozen=True)
class _Reason:
    """What a candidate is worth, and why: a listing they took to, a saved search of that name, or neither."""

    score: float
    cause: Cause | None = None
    search: str | None = None

    def told(self) -> str:
        """In words."""
        if self.cause:
            return f"Because {self.cause.did} {self.cause.place.title}"
        if self.search:
            return f"Fits your search “{self.search}”"
        return WANTED if self.score > 0 else POPULAR


def _reason(like: Likeness, wish: float, search: str | None) -> _Reason:
    """The best of the three."""
    fit = weights.SEARCH if search else 0.0
    if like.score > 0 and like.score >= max(wish, fit):
        return _Reason(like.score, cause=like.cause)
    return _Reason(fit, search=search) if search and fit >= wish else _Reason(wish)
