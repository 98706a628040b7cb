"""What somebody looks for, read from their own words: "3 bhk under 90 lakh near sector 45". Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

from apps.properties.rules import budgets, glossary, negations, places, words
from apps.properties.rules.cutting import Part, cut

_ROOM = r"(?:bhk|bedrooms?|rooms?\b(?! on\b)| ?rk)\b(?: set)?"
_OR = r"(?: (?:to|or|and|se) |(?<=[a-z]) )"  # "2bhk/3bhk" is "2bhk 3bhk" by now, but "sector 2, 3 bhk" is no range
_ROOMS_BETWEEN = re.compile(rf"\b(\d{{1,2}})(?: ?{_ROOM})?(?:{_OR}\d{{1,2}}(?: ?{_ROOM})?)*{_OR}(\d{{1,2}}) ?{_ROOM}")
_ROOMS_ABOVE = re.compile(rf"\b(?:more than|above|over) (\d{{1,2}}) ?{_ROOM}")
_ROOMS_BELOW = re.compile(rf"\b(?:less than|under|below) (\d{{1,2}}) ?{_ROOM}")
_ROOMS_AT_LEAST = re.compile(
    rf"\b(?:at least|minimum|min) (\d{{1,2}}) ?{_ROOM}|\b(\d{{1,2}}) ?\+ ?{_ROOM}"
    rf"|\b(\d{{1,2}}) ?{_ROOM} (?:or more|plus)\b"
)
_ROOMS_AT_MOST = re.compile(rf"\b(?:up ?to|at most|maximum|max) (\d{{1,2}}) ?{_ROOM}|\b(\d{{1,2}}) ?{_ROOM} or less\b")
_ROOMS = re.compile(rf"\b(\d{{1,2}}) ?{_ROOM}")
_BATHS = re.compile(r"\b(\d{1,2})\+? ?bathrooms?\b")
_CARS = re.compile(r"\b(?:(\d)\+? )?(?:covered |open |car )?parking\b(?! area)")
_AGE = re.compile(
    r"\b(?:(?:under|below|less than|up ?to|max) )?(\d{1,2}) years? old\b|\b(?:under|below|less than) (\d{1,2}) years?\b"
)
_GUESTS = re.compile(r"\b(?:for |sleeps )?(\d{1,2}) (?:guests?|people|persons?|adults?)\b")

_FLOORS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_NOT_GROUND = re.compile(r"\b(?:not|above)(?: on| the| a| in)* ground floor\b")
_GROUND = re.compile(r"\b(?:on )?(?:the )?ground floor\b")
_FLOOR = re.compile(rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)|({'|'.join(_FLOORS)})) floor\b")

_AWAY = re.compile(
    r"\b(?:within |under |in |just )?\d+(?:\.\d+)? ?(?:km|kms|kilomet\w+|min|mins|minutes?)\b(?: (?:of|from|walk))?"
)

# What stands behind these words is nearby and not what is looked for: "near my office".
_NEARBY = "".join(rf"(?<!\b{word} )" for word in ("near", "near my", "near the", "to my", "opposite", "behind"))
_TYPES = {
    "builder_floor": r"builder floors?|independent floors?",
    "penthouse": r"pent ?houses?(?: apartments?| flats?)?",
    "studio": r"studios?(?: apartments?| flats?)?|1 ?rk",
    "apartment": r"apartments?|flats?",
    "villa": r"villas?",
    "plot": r"plots?(?! (?:area|size))",
    "house": r"(?<!club )(?<!guest )(?<!farm )(?<!row )(?:independent )?houses?",
    "flatmate": r"flat ?mates?|room ?mates?",
    "pg": r"pg|pgs|paying guests?|hostels?",
    "office": r"(?<!home )offices?(?: spaces?)?",
    "shop": r"shops?|showrooms?",
    "warehouse": r"warehouses?",
    "condo": r"condos?|condominiums?",
    "loft": r"lofts?",
}
_PURPOSES = {
    "short_stay": r"short stays?|holiday|vacation|(?:per|a) night|nightly|daily rent",
    "rent": r"(?:on |for |to |in )*(?:rent(?:al|ed|als)?|lease)|to let|per month",
    "buy": r"(?:on |for |to |in )*(?:sale|sell|buy|buying|purchase)",
}
_FURNISHING = {
    "semi_furnished": r"(?:semi|partly|partially) ?furnished",
    "unfurnished": r"un ?furnished|not furnished|bare shell",
    "furnished": r"(?:fully |full |well )?furnished",
}
_FOR_WHOM = {"female": r"(?:for )?girls(?: only)?", "male": r"(?:for )?boys(?: only)?"}
_SHARING = {
    "private_room": r"(?:private|single|separate|independent) (?:room|occupancy|sharing)s?",
    "master_bedroom": r"master bedroom",
    "shared_room": r"(?:shared|double|triple|twin) (?:room|occupancy|sharing)s?|(?:room )?sharing",
    "entire_flat": r"entire (?:flat|apartment|home|house)",
}
_LIFT = re.compile(r"\b(?:with )?(?:a )?(?:lifts?|elevators?)\b")
_PETS = re.compile(r"\bpet (?:friendly|allowed|ok|welcome|not (?:a )?problem)\b")
PETS_WELCOME = "Pet Friendly"

UNDERSTOOD = (
    "apartment", "flat", "house", "villa", "penthouse", "studio", "plot", "builder", "floor", "office", "shop",
    "warehouse", "hostel", "flatmate", "rent", "sale", "furnished", "unfurnished", "parking", "lift", "bedroom",
    "bathroom", "sector", "phase", "ground", "brokerage", "gurgaon", "gurugram", "delhi", "noida", "mumbai",
)  # fmt: skip
"""Words that a reading of a wish goes by: they are known, whether or not a listing has them."""

_TYPE_WORD = re.compile("|".join(_TYPES.values()))
_SHORTEST_UNFINISHED = 3


@dataclass(frozen=True)
class Wish:
    """What was understood.

    `filters` are named as the parameters of the search: prices in rupees, areas in square feet. `city` and
    `localities` say where. `text` is what remains for a search by words, in English as far as the glossary goes;
    `instead` is what was typed for an English word, and `unfinished` the word that somebody may still be typing.
    `names`: phrases that are perhaps the name of a society, though a type was read in them ("kesar villas"). A wish is
    blank when nobody typed a letter or a digit.
    """

    filters: dict[str, Any] = field(default_factory=dict, hash=False)
    city: str | None = None
    localities: tuple[places.Place, ...] = ()
    text: str = ""
    instead: dict[str, str] = field(default_factory=dict, hash=False)
    unfinished: str | None = None
    names: tuple[str, ...] = ()
    is_blank: bool = False


@lru_cache(maxsize=2048)
def read(said: str) -> Wish:
    """Read a wish. Whatever is not understood stays in `text`; nothing is refused.

    Kept, because every page of a search reads the same words. Nobody changes what is in a wish.
    """
    english, instead = glossary.translate(words.plain(said))
    rest = negations.turn(english, (*_PARTS, budgets.cut_bare_price))
    filters: dict[str, Any] = {}
    for part in _PARTS:
        rest, understood = part(rest)
        filters |= understood
    if filters and not filters.keys() & {"price_min", "price_max"}:
        rest, understood = budgets.cut_bare_price(rest)
        filters |= understood
    left = [word for word in words.of(rest) if word not in glossary.FILLERS]
    return Wish(
        city=filters.pop("city", None),
        localities=tuple(filters.pop("locality", ())),
        filters=filters,
        text=" ".join(left),
        instead=instead,
        unfinished=_unfinished(english, left, instead),
        names=_names(english, left),
        is_blank=not words.of(english),
    )


def _unfinished(english: str, left: list[str], instead: dict[str, str]) -> str | None:
    """The last word, unless it is short, understood, or the glossary's."""
    last = english.rpartition(" ")[2]
    is_known = last in glossary.ALIKE or last in instead.values()
    typed = len(last) >= _SHORTEST_UNFINISHED and last.isalpha() and not is_known
    return last if typed and left[-1:] == [last] else None


def _names(english: str, left: list[str]) -> tuple[str, ...]:
    """Where a type stands behind or before a word that means nothing else, the two may be a name."""
    said = words.of(english)
    return tuple(f"{one} {two}" for one, two in pairwise(said) if _is_name(one, two, left) or _is_name(two, one, left))


def _is_name(word: str, kind: str, left: list[str]) -> bool:
    return word in left and word.isalpha() and _TYPE_WORD.fullmatch(kind) is not None


def _rooms(text: str) -> tuple[str, dict[str, Any]]:
    for pattern, bounds in _ROOM_BOUNDS:
        rest, numbers = _counted(pattern, text, most=20)
        if numbers:
            return rest, bounds(min(numbers), max(numbers))
    return text, {}


def _bedrooms(least: int | None, most: int | None) -> dict[str, Any]:
    bounds = {"bedrooms_min": least, "bedrooms_max": most}
    return {name: bound for name, bound in bounds.items() if bound is not None}


_ROOM_BOUNDS: tuple[tuple[re.Pattern[str], Callable[[int, int], dict[str, Any]]], ...] = (
    (_ROOMS_BETWEEN, _bedrooms),
    (_ROOMS_ABOVE, lambda number, _: _bedrooms(number + 1, None)),
    (_ROOMS_BELOW, lambda number, _: _bedrooms(None, max(number - 1, 0))),
    (_ROOMS_AT_LEAST, lambda number, _: _bedrooms(number, None)),
    (_ROOMS_AT_MOST, lambda number, _: _bedrooms(None, number)),
    (_ROOMS, _bedrooms),
)


def _counted(pattern: re.Pattern[str], text: str, *, most: int) -> tuple[str, list[int]]:
    """The numbers that a pattern finds, when none of them is above the most that is believed."""
    rest, found = cut(pattern, text)
    numbers = [int(number) for number in found.groups() if number] if found else []
    return (rest, numbers) if numbers and max(numbers) <= most else (text, [])


def _bathrooms(text: str) -> tuple[str, dict[str, Any]]:
    rest, numbers = _counted(_BATHS, text, most=10)
    return rest, {"bathrooms_min": numbers[0]} if numbers else {}


def _age(text: str) -> tuple[str, dict[str, Any]]:
    rest, numbers = _counted(_AGE, text, most=99)
    return rest, {"age_max": numbers[0]} if numbers else {}


def _guests(text: str) -> tuple[str, dict[str, Any]]:
    rest, numbers = _counted(_GUESTS, text, most=20)
    return rest, {"guests": numbers[0]} if numbers else {}


def _parking(text: str) -> tuple[str, dict[str, Any]]:
    rest, found = cut(_CARS, text)
    return rest, {"parking_spaces_min": int(found[1] or 1)} if found else {}


def _floor(text: str) -> tuple[str, dict[str, Any]]:
    rest, found = cut(_NOT_GROUND, text)
    if found:
        return rest, {"floor_number_min": 1}
    rest, found = cut(_GROUND, text)
    if found:
        return rest, {"floor_number_min": 0, "floor_number_max": 0}
    rest, found = cut(_FLOOR, text)
    number = (int(found[1]) if found[1] else _FLOORS[found[2]]) if found else None
    return rest, {} if number is None else {"floor_number_min": number, "floor_number_max": number}


def _distances(text: str) -> tuple[str, dict[str, Any]]:
    """ "Ten minutes from" is not a filter; left in the text, it would have to stand in the listing."""
    return _AWAY.sub(" ", text), {}


def _lift(text: str) -> tuple[str, dict[str, Any]]:
    rest, found = cut(_LIFT, text)
    return rest, {"has_lift": True} if found else {}


def _pets(text: str) -> tuple[str, dict[str, Any]]:
    rest, found = cut(_PETS, text)
    return rest, {"amenities": [PETS_WELCOME]} if found else {}


def _named(parameter: str, names: dict[str, str]) -> Part:
    """Understands the first of the named things that a text speaks of, however often it does ("rent, 25k a month")."""
    patterns = {name: re.compile(rf"\b(?:{pattern})\b") for name, pattern in names.items()}

    def part(text: str) -> tuple[str, dict[str, Any]]:
        for name, pattern in patterns.items():
            rest, found = pattern.subn(" ", text)
            if found:
                return rest, {parameter: name}
        return text, {}

    return part


def _listed(parameter: str, names: dict[str, str]) -> Part:
    """Understands all of the named things that a text speaks of."""
    patterns = {name: re.compile(rf"{_NEARBY}\b(?:{pattern})\b") for name, pattern in names.items()}

    def part(text: str) -> tuple[str, dict[str, Any]]:
        rest, found = text, []
        for name, pattern in patterns.items():
            shorter = pattern.sub(" ", rest)
            found += [name] if shorter != rest else []
            rest = shorter
        return rest, {parameter: found} if found else {}

    return part


def _localities(text: str) -> tuple[str, dict[str, Any]]:
    rest, found = places.cut_places(text)
    return rest, {"locality": list(found)} if found else {}


def _city(text: str) -> tuple[str, dict[str, Any]]:
    rest, found = places.cut_city(text)
    return rest, {"city": found} if found else {}


_PARTS: tuple[Part, ...] = (
    _distances,
    budgets.cut_area,
    _named("sharing_type", _SHARING),
    _rooms,
    _bathrooms,
    _age,
    _guests,
    _floor,
    budgets.cut_price,
    _parking,
    _lift,
    _pets,
    _listed("furnishing", _FURNISHING),
    _named("gender_preference", _FOR_WHOM),
    _named("purpose", _PURPOSES),
    _listed("property_type", _TYPES),
    _localities,
    _city,
)
