"""Homes like another one.

Candidates are on offer for the same purpose, of the same family of types, between half and double the price, and
among the 2,000 nearest of all listings, or without a position the 2,000 newest in the same city. Each has a score from
0 to 1:

    0.30 same type
    0.30 price: 1 for the same, 0 for half or double, by the ratio
    0.15 bedrooms: 1 for as many, 0.5 for one more or less, 0 beyond; 0.5 where either is unknown
    0.25 place: 1 / (1 + kilometres / 2); without positions 1 in the same locality, else 0

The best come first, of equals the newest id. The score is `relevance_score` on the wire.
"""

from typing import Any

from apps.properties.selectors import near, picks, shapes
from apps.properties.selectors.listings import PropertyNotFound
from apps.properties.selectors.orders import NEWEST
from ghar.actors import Actor
from ghar.db import json_rows
from ghar.db.json_rows import Shape
from ghar.db.keyset import Key, Order, Pool, whole_number
from ghar.db.listing import Listing

MOST_COMPARED = 2_000
FAMILIES = (
    ("house", "apartment", "builder_floor", "villa", "condo", "penthouse", "studio", "loft"),
    ("room", "pg", "flatmate"),
    ("plot",),
    ("office", "shop", "warehouse"),
)
_FACTS = Shape(
    source="properties p WHERE p.id = page.id",
    keys={
        "property_type": "p.property_type",
        "purpose": "p.purpose",
        "base_price": "p.base_price",
        "bedrooms": "p.bedrooms",
        "city": "p.city",
        "locality": "p.locality",
        "lat": "ST_Y(p.location::geometry)",
        "lng": "ST_X(p.location::geometry)",
    },
)
_PRICE = "greatest(0, 1 - abs(ln(greatest(properties.base_price, 1) / greatest(%(base_price)s::numeric, 1))) / ln(2.0))"
_ROOMS = "coalesce(greatest(0, 1 - abs(properties.bedrooms - %(bedrooms)s::int) / 2.0), 0.5)"
_SAME_LOCALITY = "coalesce((properties.locality = %(locality)s)::int, 0)"
_NEARNESS = f"coalesce(1 / (1 + {near.KILOMETRES} / 2), {_SAME_LOCALITY})"


_COMPARABLE = (
    "properties.id <> %(home)s AND properties.purpose = %(purpose)s AND properties.property_type = ANY(%(family)s) "
    "AND properties.base_price BETWEEN %(base_price)s::numeric / 2 AND %(base_price)s::numeric * 2"
)


def _score(place: str) -> str:
    kind = "(properties.property_type = %(property_type)s)::int"
    return f"(0.30 * {kind} + 0.30 * {_PRICE} + 0.15 * {_ROOMS} + 0.25 * {place})::float8"


def _order(place: str, candidates: Order) -> Order:
    keys = (Key("relevance_score", _score(place), float), Key("id", "properties.id", whole_number))
    columns = ("id", "location", "property_type", "purpose", "base_price", "bedrooms", "locality")
    return Order("similar", keys, descending=True, pool=Pool(columns, candidates, MOST_COMPARED))


_NEAREST = Order(
    "nearest", (Key("distance", near.METRES, float), Key("id", "properties.id", whole_number)), walk=near.METRES
)
AROUND = _order(_NEARNESS, _NEAREST)
ELSEWHERE = _order(_SAME_LOCALITY, NEWEST)


def list_similar(actor: Actor, property_id: int) -> Listing:
    """The available listings that are most like this one, which the actor must be able to read.

    Raises PropertyNotFound.
    """
    home = _facts(actor, property_id)
    has_point = home["lat"] is not None
    order = AROUND if has_point else ELSEWHERE
    pick = picks.visible(actor).where("properties.is_available")
    pick.where("", home=property_id, family=_family(home["property_type"]), **home)
    pick.late.append(_COMPARABLE)
    pick.measures["relevance_score"] = order.keys[0].sql
    if has_point:
        pick.where("properties.location IS NOT NULL")
        pick.measures["distance_km"] = near.KILOMETRES
    elif home["city"]:
        pick.where("lower(properties.city) = lower(%(city)s)")
    return Listing(pick=pick, shape=shapes.listing_for(shapes.Viewer.of(actor)), order=order)


def _facts(actor: Actor, property_id: int) -> dict[str, Any]:
    pick = picks.readable(actor).where("properties.id = %(id)s", id=property_id)
    rows = json_rows.render(pick, _FACTS, limit=1)
    if not rows:
        raise PropertyNotFound
    return json_rows.decode(rows[0])


def _family(property_type: str) -> list[str]:
    return list(next(family for family in FAMILIES if property_type in family))
