"""How well a listing meets somebody's search preferences. Pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.discovery.rules import weights
from apps.discovery.rules.places import Place


@dataclass(frozen=True)
class Wishes:
    """Search preferences, whatever may stand in them."""

    places: frozenset[str]
    kinds: list[Any]
    purpose: Any
    bedrooms: "_Range | None"
    budget: "_Range | None"

    @classmethod
    def of(cls, wishes: Mapping[str, Any]) -> "Wishes":
        return cls(
            frozenset(str(name).casefold() for name in _list(wishes.get("location_preference"))),
            _list(wishes.get("property_type")),
            wishes.get("purpose"),
            _range(wishes.get("bedrooms_min"), wishes.get("bedrooms_max")),
            _range(wishes.get("budget_min"), wishes.get("budget_max")),
        )

    def met_by(self, place: Place) -> float:
        """How well a listing meets them: the sum of what is wished for and there."""
        city, locality, _ = place.where
        met = weights.CITY * bool((city and city in self.places) or (locality and locality in self.places))
        met += weights.KIND * (place.kind in self.kinds) + weights.KIND * (place.purpose == self.purpose)
        return (
            met
            + weights.ROOMS * _within(place.bedrooms, self.bedrooms)
            + weights.PRICE * _within(place.price, self.budget)
        )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


_Range = tuple[float, float]


def _range(least: Any, most: Any) -> _Range | None:
    """From the one number to the other, without an end where there is none; None when neither is a number."""
    ends = [isinstance(end, (int, float)) for end in (least, most)]
    return (least if ends[0] else -math.inf, most if ends[1] else math.inf) if any(ends) else None


def _within(value: float | None, bounds: _Range | None) -> bool:
    return value is not None and bounds is not None and bounds[0] <= value <= bounds[1]
