"""The sort orders of listings, each with the id as its last key."""

from datetime import datetime
from decimal import Decimal

from django.db.models import TextChoices

from ghar.db.keyset import Key, Order


class SortBy(TextChoices):
    DISTANCE = "distance", "Nearest first"
    PRICE_LOW = "price_low", "Cheapest first"
    PRICE_HIGH = "price_high", "Dearest first"
    NEWEST = "newest", "Newest first"
    POPULAR = "popular", "Most liked first"
    RELEVANCE = "relevance", "Best match first"


def _price(value: float) -> Decimal:
    """A JSON number back as the exact rupees it was."""
    return Decimal(str(value))


_NEWEST_ID = Key("id", int, descending=True)

NEWEST = Order("newest", (Key("created_at", datetime.fromisoformat, descending=True), _NEWEST_ID))
ORDERS: dict[str, Order] = {
    SortBy.NEWEST: NEWEST,
    SortBy.PRICE_LOW: Order("price_low", (Key("base_price", _price), Key("id", int))),
    SortBy.PRICE_HIGH: Order("price_high", (Key("base_price", _price, descending=True), _NEWEST_ID)),
    SortBy.POPULAR: Order(
        "popular", (Key("like_count", int, descending=True), Key("view_count", int, descending=True), _NEWEST_ID)
    ),
    SortBy.DISTANCE: Order("distance", (Key("distance_km", float, column="metres"), Key("id", int)), walks=True),
    SortBy.RELEVANCE: Order("relevance", (Key("relevance_score", float, descending=True), _NEWEST_ID)),
}
