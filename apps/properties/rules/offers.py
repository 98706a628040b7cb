"""What must fit together in a listing that somebody writes. Pure.

Only what a change touches is judged: a listing that came in from a feed without a rent may still get another title.
"""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any

Offer = Mapping[str, Any]
Fault = tuple[str, str]

MOST_RUPEES = Decimal(100_000_000)
SHARED = frozenset({"pg", "flatmate"})
OFF_MARKET = frozenset({"sold", "rented"})


def faults(offer: Offer, changed: Collection[str]) -> list[Fault]:
    """(field, what is wrong) of a listing as it would be; `changed` are the fields that are new."""
    return [
        (field, words)
        for field, touched_by, is_wrong, words in _CHECKS
        if not touched_by.isdisjoint(changed) and is_wrong(offer)
    ]


def is_shared(offer: Offer) -> bool:
    """Does somebody move in beside others?"""
    return offer.get("property_type") in SHARED


def is_off_market(status: str) -> bool:
    """Has it found somebody?"""
    return status in OFF_MARKET


def _untitled(offer: Offer) -> bool:
    return not offer.get("title")


def _too_dear(offer: Offer) -> bool:
    return offer["base_price"] > MOST_RUPEES


def _shared_and_not_rented(offer: Offer) -> bool:
    return is_shared(offer) and offer["purpose"] != "rent"


def _rented_for_nothing(offer: Offer) -> bool:
    return (offer["purpose"] == "rent" or is_shared(offer)) and not (offer.get("monthly_rent") or 0) > 0


def _gone_and_available(offer: Offer) -> bool:
    return is_off_market(offer["status"]) and bool(offer["is_available"])


def _without(present: str, absent: str) -> Callable[[Offer], bool]:
    return lambda offer: offer.get(present) is not None and offer.get(absent) is None


_POINT = frozenset({"latitude", "longitude"})
_CHECKS: tuple[tuple[str, frozenset[str], Callable[[Offer], bool], str], ...] = (
    ("title", frozenset({"title"}), _untitled, "A title has some text."),
    ("base_price", frozenset({"base_price"}), _too_dear, f"At most {MOST_RUPEES:,} rupees."),
    (
        "purpose",
        frozenset({"property_type", "purpose"}),
        _shared_and_not_rented,
        "A PG or a flatmate's place is for rent.",
    ),
    (
        "monthly_rent",
        frozenset({"property_type", "purpose", "monthly_rent"}),
        _rented_for_nothing,
        "What is for rent has a monthly rent above 0.",
    ),
    (
        "is_available",
        frozenset({"status", "is_available"}),
        _gone_and_available,
        "What is sold or rented is not available.",
    ),
    ("longitude", _POINT, _without("latitude", "longitude"), "A latitude needs its longitude."),
    ("latitude", _POINT, _without("longitude", "latitude"), "A longitude needs its latitude."),
)
