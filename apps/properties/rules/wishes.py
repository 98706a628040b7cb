"""What somebody looks for, read from their own words: "3 bhk under 90 lakh near sector 45". Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from apps.properties.rules import places

LONGEST = 500
_UNITS = {
    "k": 1_000, "thousand": 1_000,
    "l": 100_000, "lac": 100_000, "lacs": 100_000, "lakh": 100_000, "lakhs": 100_000,
    "cr": 10_000_000, "crore": 10_000_000, "crores": 10_000_000,
}  # fmt: skip
_MOST = Decimal(10) ** 9

_NUMBER = r"(?:₹|rs\.?|inr)?\s*(\d[\d,]{0,11}(?:\.\d{1,4})?)"
_UNIT = r"\s*(crores?|cr|lakhs?|lacs?|l|thousand|k)?\b(?!\s*-?\s*(?:bhk|bed))"
_ROOMS = re.compile(r"\b(\d{1,2})\s*-?\s*(?:bhk|bed(?:room)?s?)\b")
_BETWEEN = re.compile(rf"(?:between\s+|from\s+)?{_NUMBER}{_UNIT}\s*(?:-|to|and)\s*{_NUMBER}{_UNIT}")
_AT_MOST = re.compile(rf"\b(?:under|below|less than|up ?to|within|max(?:imum)?|at most)\s+{_NUMBER}{_UNIT}")
_AT_LEAST = re.compile(rf"\b(?:above|over|more than|min(?:imum)?|at least)\s+{_NUMBER}{_UNIT}")

_TYPES = {
    "builder_floor": r"builder[ -]floors?",
    "apartment": r"apartments?|flats?",
    "penthouse": r"penthouses?",
    "villa": r"villas?",
    "studio": r"studios?",
    "plot": r"plots?",
    "house": r"houses?|kothi",
    "pg": r"pg|paying guest",
    "office": r"offices?",
    "shop": r"shops?",
    "warehouse": r"warehouses?",
}
_PURPOSES = {
    "short_stay": r"short[ -]stays?|holiday|vacation",
    "rent": r"(?:on |for |to )?(?:rent(?:al|ed|als)?|lease)",
    "buy": r"(?:on |for |to )?(?:sale|buy|buying|purchase)",
}
_FILLERS = frozenset({
    "a", "about", "above", "an", "and", "any", "are", "around", "at", "available", "be", "by", "can", "cheap",
    "could", "do", "does", "find", "for", "from", "get", "give", "good", "got", "have", "hello", "help", "hi",
    "home", "homes", "i", "im", "in", "is", "it", "like", "list", "listing", "listings", "looking", "me", "my",
    "near", "nearby", "need", "nice", "of", "on", "one", "options", "or", "place", "please", "properties",
    "property", "search", "see", "show", "some", "something", "tell", "that", "the", "there", "these", "to", "us",
    "want", "we", "what", "where", "which", "with", "within", "would", "you", "your",
})  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """What was understood; prices are rupees. `text` is what remains, for a search by words."""

    text: str = ""
    bedrooms: int | None = None
    price_min: float | None = None
    price_max: float | None = None
    property_type: str | None = None
    purpose: str | None = None
    city: str | None = None


def read(words: str) -> Wish:
    """Read a wish. Whatever is not understood stays in `text`; nothing is refused."""
    rest = " ".join(words[:LONGEST].lower().split())
    rest, rooms = _cut(_ROOMS, rest)
    rest, low, high = _prices(rest)
    rest, kind = _named(_TYPES, rest)
    rest, purpose = _named(_PURPOSES, rest)
    rest, city = places.cut_city(rest)
    return Wish(
        text=_without_fillers(rest),
        bedrooms=int(rooms[1]) if rooms else None,
        price_min=low,
        price_max=high,
        property_type=kind,
        purpose=purpose,
        city=city,
    )


def _prices(text: str) -> tuple[str, float | None, float | None]:
    rest, between = _cut(_BETWEEN, text, accept=lambda found: bool(found[4]))
    if between:
        return rest, _rupees(between[1], between[2] or between[4]), _rupees(between[3], between[4])
    rest, most = _cut(_AT_MOST, rest)
    rest, least = _cut(_AT_LEAST, rest)
    return rest, least and _rupees(least[1], least[2]), most and _rupees(most[1], most[2])


def _rupees(number: str, unit: str | None) -> float:
    return float(min(Decimal(number.replace(",", "")) * _UNITS.get(unit or "", 1), _MOST))


def _named(names: dict[str, str], text: str) -> tuple[str, str | None]:
    """The first of the named things that the text speaks of."""
    for name, pattern in names.items():
        rest, found = _cut(re.compile(rf"\b(?:{pattern})\b"), text)
        if found:
            return rest, name
    return text, None


def _cut(
    pattern: re.Pattern[str], text: str, *, accept: Callable[[re.Match[str]], bool] = lambda _found: True
) -> tuple[str, re.Match[str] | None]:
    """The text without what the pattern finds, and what it found."""
    found = pattern.search(text)
    if found is None or not accept(found):
        return text, None
    return f"{text[: found.start()]} {text[found.end() :]}", found


def _without_fillers(text: str) -> str:
    words = re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", text)
    return " ".join(word for word in words if word not in _FILLERS)
