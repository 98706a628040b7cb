"""What of a listing is embedded: one text of all that people search by, most telling first. Pure."""

import hashlib
import html
import re
from collections.abc import Mapping
from typing import Any

MOST_DESCRIPTION = 900
"""Characters of a description that are read, so that what comes behind it is within what a model sees."""

_TAG = re.compile(r"<[^>]*>")
_COUNTS = (("bedrooms", "bedrooms"), ("bathrooms", "bathrooms"), ("area_sqft", "sqft"), ("parking_spaces", "parking"))
_PLACES = ("sub_locality", "locality", "city", "state", "country", "pincode")


def compose(facts: Mapping[str, Any]) -> str:
    """The text of a listing, from its columns and the titles of its `amenities`. Parts that say nothing are left out.

    Numbers are written as people write them: 3 bedrooms, not 3.0.
    """
    parts = (
        facts["title"],
        _offer(facts),
        " ".join(str(facts[name]) for name in _PLACES if facts[name]),
        ", ".join(f"{_number(facts[name])} {word}" for name, word in _COUNTS if facts[name]),
        f"price {_number(facts['base_price'])}",
        f"monthly rent {_number(facts['monthly_rent'])}" if facts["monthly_rent"] else "",
        plain(facts["description"] or "")[:MOST_DESCRIPTION],
        facts["search_keywords"],
        _list("amenities", facts["amenities"]),
        _list("features", features(facts["features"])),
        _list("tags", facts["tags"]),
        f"near {facts['landmark']}" if facts["landmark"] else "",
    )
    return ". ".join(part for part in parts if part)


def digest(text: str, model: str) -> str:
    """Tells whether a text has been embedded by a model: SHA-256 of both."""
    return hashlib.sha256(f"{text}\0{model}".encode()).hexdigest()


def plain(markup: str) -> str:
    """Rich text as words."""
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())


def features(stored: Any) -> list[str]:
    """The features of a row; older ones keep an object `{name: true}`."""
    if isinstance(stored, dict):
        return [name for name, has in stored.items() if has is True]
    return [str(one) for one in stored or []]


def _offer(facts: Mapping[str, Any]) -> str:
    kind, purpose = (str(facts[name]).replace("_", " ") for name in ("property_type", "purpose"))
    furnishing = str(facts["furnishing_level"] or "").replace("_", " ")
    return " ".join(part for part in (furnishing, kind, "for", purpose, str(facts["status"]).replace("_", " ")) if part)


def _list(name: str, values: Any) -> str:
    known = sorted({str(value).strip() for value in values or [] if str(value).strip()})
    return f"{name}: {', '.join(known)}" if known else ""


def _number(value: Any) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
