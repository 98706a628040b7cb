"""A listing, as the API shows it to strangers, in words for people. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from ghar import money

Listing = Mapping[str, Any]

PURPOSES = {"buy": "For sale", "rent": "To rent", "short_stay": "Short stay"}
_KINDS = {"pg": "PG", "flatmate": "Flatmate wanted", "builder_floor": "Builder floor"}
_MONTH, _NIGHT = "month", "night"


def amount(listing: Listing) -> tuple[float, str]:
    """What is asked for, in rupees, and for how long: a month, a night, or "" for good."""
    if listing["purpose"] == "rent":
        return float(listing["monthly_rent"] or listing["base_price"]), _MONTH
    if listing["purpose"] == "short_stay":
        return float(listing["daily_rate"] or listing["base_price"]), _NIGHT
    return float(listing["base_price"]), ""


def price(listing: Listing) -> str:
    """The same in words; empty where nothing is asked for."""
    rupees, unit = amount(listing)
    return f"{_rupees(rupees)}{unit and f' a {unit}'}" if rupees else ""


def kind(listing: Listing) -> str:
    """What it is."""
    value = listing["property_type"]
    return _KINDS.get(value) or _words(value)


def rooms(listing: Listing) -> str:
    """How many bedrooms, if any."""
    return _counted(listing["bedrooms"], "bedroom")


def area(listing: Listing) -> str:
    """How large."""
    return f"{listing['area_sqft']:,.0f} sq ft" if listing["area_sqft"] else ""


def place(listing: Listing) -> str:
    """Where, without the street."""
    return ", ".join(filter(None, (listing["locality"], listing["city"])))


def headline(listing: Listing) -> str:
    """Its title, and where it is as far as the title does not say."""
    parts = [part for part in (listing["locality"], listing["city"]) if part]
    unsaid = [part for part in parts if not re.search(rf"\b{re.escape(part)}\b", listing["title"], re.IGNORECASE)]
    if not unsaid:
        return str(listing["title"])
    return f"{listing['title']}{' in ' if unsaid == parts else ', '}{', '.join(unsaid)}"


def line(listing: Listing) -> str:
    """All that in one line."""
    return " · ".join(filter(None, (price(listing), rooms(listing), area(listing), place(listing))))


def marks(listing: Listing) -> tuple[str, ...]:
    """What somebody looks at first."""
    found = (
        rooms(listing),
        _counted(listing["bathrooms"], "bathroom"),
        area(listing),
        _words(listing["furnishing_level"]),
        _counted(listing["parking_spaces"], "parking space"),
    )
    return tuple(filter(None, found))


def details(listing: Listing) -> tuple[tuple[str, str], ...]:
    """The rest that is known, each under its name."""
    found = (
        ("Type", kind(listing)),
        ("Society", listing["sub_locality"]),
        ("Landmark", listing["landmark"]),
        ("PIN code", listing["pincode"]),
        ("Floor", _floor(listing)),
        ("Balconies", listing["balconies"]),
        ("Kitchen", _words(listing["kitchen_type"])),
        ("Ventilation", _words(listing["ventilation_type"])),
        ("Age", _counted(listing["age_of_property"], "year")),
        ("Deposit", _rupees(listing["security_deposit"])),
        ("Maintenance", _rupees(listing["maintenance_charges"])),
        ("Price a square foot", _rupees(listing["price_per_sqft"])),
        ("Available from", _day(listing["available_from"])),
    )
    return tuple((name, str(value)) for name, value in found if value)


def pictures(listing: Listing) -> tuple[tuple[str, str], ...]:
    """(address, words) of each picture that a browser elsewhere can open, the main one first."""
    words = {one["image_url"]: one["caption"] or _shows(one["image_category"]) for one in listing["images"]}
    addresses = dict.fromkeys((listing["main_image_url"], *listing["image_urls"]))
    return tuple((one, words.get(one) or listing["title"]) for one in addresses if one and _is_of_web(one))


def position(listing: Listing) -> tuple[float, float] | None:
    """Latitude and longitude, where they are known."""
    if listing["latitude"] is None or listing["longitude"] is None:
        return None
    return listing["latitude"], listing["longitude"]


def is_on_offer(listing: Listing) -> bool:
    """Can somebody still have it?"""
    return bool(listing["is_available"]) and listing["status"] in ("available", "under_offer")


def _is_of_web(address: str) -> bool:
    return urlsplit(address).scheme in ("http", "https")


def _shows(category: str) -> str:
    return "" if category in ("others", "") else _words(category)


def _words(value: str | None) -> str:
    return value.replace("_", " ").capitalize() if value and value != "any" else ""


def _counted(count: int | None, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}" if count else ""


def _rupees(value: Any) -> str:
    return money.rupees(Decimal(str(value))) if value else ""


def _floor(listing: Listing) -> str:
    """The ground floor is 0."""
    floor, of = listing["floor_number"], listing["total_floors"]
    if floor is None:
        return ""
    name = "Ground" if floor == 0 else str(floor)
    return f"{name} of {of}" if of else name


def _day(moment: str | None) -> str:
    return f"{datetime.fromisoformat(moment):%d %B %Y}".lstrip("0") if moment else ""
