"""The sort orders of listings, each with the id as its last key."""

from datetime import datetime
from decimal import Decimal

from django.db.models import TextChoices

from apps.properties.selectors import near, text
from ghar.db.keyset import Key, Order, Pool, whole_number


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


_ID = Key("id", "properties.id", whole_number)
_PRICE = Key("base_price", "properties.base_price", _price)
_CREATED = Key("created_at", "properties.created_at", datetime.fromisoformat)
_LIKES = Key("like_count", "properties.like_count", whole_number)
_VIEWS = Key("view_count", "properties.view_count", whole_number)

NEWEST = Order("newest", (_CREATED, _ID), descending=True)
ORDERS: dict[str, Order] = {
    SortBy.NEWEST: NEWEST,
    SortBy.PRICE_LOW: Order("price_low", (_PRICE, _ID)),
    SortBy.PRICE_HIGH: Order("price_high", (_PRICE, _ID), descending=True),
    SortBy.POPULAR: Order("popular", (_LIKES, _VIEWS, _ID), descending=True),
    SortBy.DISTANCE: Order("distance", (Key("distance_km", near.KILOMETRES, float), _ID), walk=near.METRES),
    SortBy.RELEVANCE: Order(
        "relevance",
        (Key("relevance_score", text.RANK, float), _ID),
        descending=True,
        pool=Pool(("id", "created_at", "location", "search_vector"), NEWEST, text.MOST_RANKED),
    ),
}
