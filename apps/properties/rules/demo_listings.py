"""Makes up demo listings. Pure and repeatable: the same number is the same listing, on every machine."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

from apps.properties.rules import demo_words
from apps.properties.rules.demo_places import LOCALITIES, Locality

COUNT = 2000
PENDING_SHARE = 0.15  # of the rooms beside others: how many still wait for moderation

_HOMES = ("house", "apartment", "builder_floor", "villa", "condo", "penthouse", "studio", "loft")
_WORK = ("office", "shop", "warehouse")
_SHARED = ("pg", "flatmate")
MIXES: tuple[tuple[str, str], ...] = (
    *product(_HOMES, ("buy", "rent", "short_stay")),
    *product(("room",), ("rent", "short_stay")),
    ("plot", "buy"),
    *product(_WORK, ("buy", "rent")),
    *product(_SHARED, ("rent",)),
)
"""Every kind of place with every purpose that it is offered for."""

_WEIGHTS = {
    "apartment": 30, "builder_floor": 14, "house": 9, "villa": 5, "studio": 6, "condo": 4, "penthouse": 2,
    "loft": 2, "plot": 12, "room": 5, "pg": 24, "flatmate": 20, "office": 6, "shop": 5, "warehouse": 3,
}  # fmt: skip
_PURPOSE_WEIGHTS = {"buy": 5, "rent": 4, "short_stay": 1}
_SIZES = {  # sq.ft.: for one bedroom more, or the range of what has no bedrooms
    "house": (450, 750), "apartment": (420, 620), "builder_floor": (430, 600), "villa": (700, 1100),
    "condo": (480, 680), "penthouse": (750, 1100), "studio": (350, 600), "loft": (700, 1200),
    "plot": (900, 4500), "room": (120, 260), "pg": (100, 220), "flatmate": (110, 240),
    "office": (400, 6000), "shop": (150, 1500), "warehouse": (4000, 30000),
}  # fmt: skip
_BEDROOMS = {
    "house": (3, 6), "apartment": (1, 4), "builder_floor": (2, 4), "villa": (4, 6), "condo": (2, 4),
    "penthouse": (3, 5),
}  # fmt: skip
_PREMIUM = {"villa": 1.15, "penthouse": 1.2, "plot": 0.9, "office": 1.1, "shop": 1.6, "warehouse": 0.35}
_AMENITIES = {
    "home": ("Lift", "Power Backup", "Park", "Gym", "Swimming Pool", "Clubhouse", "Covered Parking", "Intercom",
             "Visitor Parking", "Security Personnel", "CCTV", "Piped Gas", "Rain Water Harvesting",
             "Children's Play Area", "Modular Kitchen", "Air Conditioning", "Vastu Compliant", "Servant Room"),
    "shared": ("Wi-Fi", "Housekeeping", "Washing Machine", "Geyser", "Refrigerator", "Power Backup", "Water Purifier",
               "Air Conditioning", "Lift", "CCTV"),
    "work": ("Lift", "Power Backup", "Fire Alarm", "CCTV", "Visitor Parking", "Air Conditioning", "Wheelchair Access"),
    "plot": ("Gated Community", "Park", "Security Personnel"),
}  # fmt: skip
_FEATURES = ("Natural Light", "Airy Rooms", "High Ceiling Height", "Recently Renovated", "Park facing", "East facing",
             "Corner unit", "Wooden floors", "Low Density Society")  # fmt: skip
_EXTERIORS = {
    "house": "house", "villa": "villa", "builder_floor": "floors", "plot": "plot", "office": "office", "shop": "shop",
    "warehouse": "warehouse",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoListing:
    """Columns of a listing, its (latitude, longitude), titles of amenities, and (kind, variant) of its pictures."""

    source_id: str
    values: dict[str, Any]
    position: tuple[float, float]
    amenities: list[str]
    pictures: list[tuple[str, int]]
    age_hours: int


def source_id(number: int) -> str:
    """The id of the demo listing with this number."""
    return f"demo-{number:04}"


def listing(number: int) -> DemoListing:
    """The demo listing with this number, from 0. The first ones are one of every mix of kind and purpose."""
    chance = Random(f"ghar demo listing {number}")  # noqa: S311 - repeatable on purpose
    property_type, purpose = MIXES[number] if number < len(MIXES) else _mix(chance)
    locality = chance.choice(LOCALITIES)
    building = _building(chance, property_type)
    values: dict[str, Any] = {"property_type": property_type, "purpose": purpose}
    values |= building | _money(chance, property_type, purpose, building["area_sqft"], locality)
    values |= _place(chance, locality) | _standing(chance, property_type)
    values["title"] = demo_words.title(
        chance, property_type=property_type, purpose=purpose, bedrooms=building["bedrooms"], place=locality.name
    )
    values["description"] = demo_words.description(
        chance, property_type=property_type, place=locality.name, landmark=locality.landmark
    )
    values["features"] = chance.sample(_FEATURES, k=chance.randint(1, 4))
    wanted = _AMENITIES[_family(property_type)]
    return DemoListing(
        source_id=source_id(number),
        values=values,
        position=_scattered(chance, locality),
        amenities=chance.sample(wanted, k=chance.randint(2, min(8, len(wanted)))),
        pictures=_pictures(chance, property_type),
        age_hours=chance.randint(1, 120 * 24),
    )


def _mix(chance: Random) -> tuple[str, str]:
    weights = [_WEIGHTS[kind] * _PURPOSE_WEIGHTS[purpose] for kind, purpose in MIXES]
    return chance.choices(MIXES, weights)[0]


def _family(property_type: str) -> str:
    if property_type in _WORK:
        return "work"
    if property_type in (*_SHARED, "room"):
        return "shared"
    return "plot" if property_type == "plot" else "home"


def _building(chance: Random, property_type: str) -> dict[str, Any]:
    bedrooms = chance.randint(*_BEDROOMS[property_type]) if property_type in _BEDROOMS else _rooms(property_type)
    size = chance.randint(*_SIZES[property_type])
    is_home = _family(property_type) == "home"
    floors = None if property_type == "plot" else chance.choice((2, 3, 4, 12, 18, 24))
    return {
        "area_sqft": float(size * bedrooms if property_type in _BEDROOMS and bedrooms else size),
        "bedrooms": bedrooms,
        "bathrooms": max(1, bedrooms - chance.randint(0, 1)) if bedrooms else None,
        "balconies": chance.randint(0, 3) if is_home else None,
        "parking_spaces": None if property_type == "plot" else chance.randint(0, 2),
        "total_floors": floors,
        "floor_number": chance.randint(0, floors) if floors else None,
        "age_of_property": chance.randint(0, 15) if floors else None,
        "furnishing_level": chance.choice(("furnished", "semi_furnished", "unfurnished")) if floors else None,
    }


def _rooms(property_type: str) -> int | None:
    return 1 if property_type in ("studio", "loft", "room", *_SHARED) else None


def _money(chance: Random, property_type: str, purpose: str, area: float, locality: Locality) -> dict[str, Any]:
    """Prices about the locality's level. A year's rent is 3 % of the value; a room costs more by the foot."""
    rate = locality.rupees_a_sqft * _PREMIUM.get(property_type, 1.0) * chance.uniform(0.85, 1.2)
    value = area * rate
    if purpose == "buy":
        return {"base_price": _rounded(value, 50_000), "price_per_sqft": _rounded(rate, 1)}
    by_room = 2.2 if property_type in ("room", *_SHARED) else 1.0
    rent = max(_rounded(value * by_room * 0.03 / 12, 500), Decimal(5_000))
    if purpose == "short_stay":
        night = max(_rounded(float(rent) / 30 * 2.5, 50), Decimal(900))
        return {"base_price": night, "daily_rate": night, "max_occupancy": chance.randint(2, 8)}
    return {
        "base_price": rent,
        "monthly_rent": rent,
        "security_deposit": rent * chance.choice((1, 2)),
        "maintenance_charges": _rounded(area * 3, 100),
    }


def _rounded(amount: float, step: int) -> Decimal:
    return Decimal(max(1, round(amount / step)) * step)


def _place(chance: Random, locality: Locality) -> dict[str, Any]:
    return {
        "city": "Gurugram",
        "state": "Haryana",
        "pincode": locality.pincode,
        "locality": locality.name,
        "landmark": locality.landmark,
        "full_address": f"{chance.randint(1, 480)}, {locality.name}, Gurugram, Haryana {locality.pincode}",
        "search_keywords": f"{locality.landmark}, {locality.name}",
    }


def _scattered(chance: Random, locality: Locality) -> tuple[float, float]:
    """A point within about half a kilometre of the centre."""
    return (
        round(locality.latitude + chance.uniform(-0.005, 0.005), 6),
        round(locality.longitude + chance.uniform(-0.005, 0.005), 6),
    )


def _standing(chance: Random, property_type: str) -> dict[str, Any]:
    """Rooms beside others are live or wait for moderation, as the rules of the marketplace have it."""
    views = chance.randint(0, 400)
    if property_type not in _SHARED:
        return {"is_available": True, "listing_preferences": {}, "view_count": views}
    waits = chance.random() < PENDING_SHARE
    preferences = {
        "moderation_status": "pending_review" if waits else "live",
        "gender_preference": chance.choice(("any", "male", "female")),
        "sharing_type": chance.choice(("private_room", "shared_room", "master_bedroom")),
        "food_habits": chance.choice(("vegetarian", "no_preference")),
        "pets": chance.choice(("yes", "no")),
    }
    return {"is_available": not waits, "listing_preferences": preferences, "view_count": 0 if waits else views}


def _pictures(chance: Random, property_type: str) -> list[tuple[str, int]]:
    """The outside first, then rooms that suit; variants are numbers that the drawings wrap around."""
    outside = _EXTERIORS.get(property_type, "tower")
    inside = {
        "home": ["hall", "bedroom", "kitchen", "bathroom", "balcony"],
        "shared": ["bedroom", "kitchen", "bathroom"],
        "work": ["workroom"],
        "plot": [],
    }[_family(property_type)]
    kinds = [outside, *chance.sample(inside, k=min(len(inside), 3))]
    return [(kind, chance.randrange(1000)) for kind in kinds]
