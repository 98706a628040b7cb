"""How much listings have in common with those that somebody took to: all of them compared with all, as arrays. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.discovery.rules import weights
from apps.discovery.rules.places import Cause, Place


@dataclass(frozen=True)
class Likeness:
    """How much a listing has in common with the one that is likest to it."""

    score: float
    cause: Cause | None


NONE = Likeness(0.0, None)


def find_likest(places: Sequence[Place], causes: Sequence[Cause]) -> list[Likeness]:
    """Of each of the places; `causes` come with the latest first, which counts most and wins among equals."""
    if not places or not causes:
        return [NONE for _ in places]
    likenesses = _compare(_Facts.of(places), _Facts.of([cause.place for cause in causes]))
    likenesses *= weights.RECENT ** np.arange(len(causes))
    likest, most = likenesses.argmax(axis=1), likenesses.max(axis=1)
    return [Likeness(score, causes[number]) for score, number in zip(most.tolist(), likest.tolist(), strict=True)]


@dataclass(frozen=True)
class _Facts:
    """What is compared: an array a fact, an element a listing; "" for no city or locality, -1 without bedrooms."""

    city: NDArray[np.str_]
    locality: NDArray[np.str_]
    kind: NDArray[np.str_]
    purpose: NDArray[np.str_]
    bedrooms: NDArray[np.int_]
    price: NDArray[np.float64]

    @classmethod
    def of(cls, places: Sequence[Place]) -> "_Facts":
        return cls(
            np.array([place.where[0] for place in places]),
            np.array([place.where[1] for place in places]),
            np.array([place.kind for place in places]),
            np.array([place.purpose for place in places]),
            np.array([-1 if place.bedrooms is None else place.bedrooms for place in places]),
            np.array([place.price for place in places], dtype=float),
        )


def _compare(these: _Facts, those: _Facts) -> NDArray[np.float64]:
    """How much each of these (rows) has in common with each of those (columns); nothing when one is to buy and the
    other to rent."""
    alike = weights.CITY * _both_have(these.city, those.city)
    alike += weights.LOCALITY * _both_have(these.locality, those.locality)
    alike += weights.KIND * (these.kind[:, None] == those.kind)
    closer = weights.ROOMS * (these.bedrooms[:, None] == those.bedrooms)
    closer += weights.PRICE * _closeness(these.price[:, None], those.price)
    offered_alike = these.purpose[:, None] == those.purpose
    return np.where((alike > 0) & offered_alike, alike + closer, 0.0)


def _both_have(these: NDArray[np.str_], those: NDArray[np.str_]) -> NDArray[np.bool_]:
    return (these[:, None] == those) & (those != "")


def _closeness(these: NDArray[np.float64], those: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of prices: 1 for the same, 0.5 for half of it, 0 when there is none."""
    less, more = np.minimum(these, those), np.maximum(these, those)
    return np.divide(less, more, out=np.zeros_like(less), where=less > 0)
