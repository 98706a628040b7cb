"""Prices and areas in what somebody types: "under 90 lakh", "50-80 lakh", "30k tak", "200 gaj". Pure.

Texts are as the glossary leaves them. A bare amount is the most that somebody wants to pay; "around" is 15 % either
way. An area without a bound is meant to a tenth.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from apps.properties.rules.cutting import cut

_UNITS = {"k": 1_000, "thousand": 1_000, "l": 100_000, "lakh": 100_000, "cr": 10_000_000, "crore": 10_000_000}
_MOST = Decimal(10) ** 9
_LEAST_WITHOUT_UNIT = 1_000
_ABOUT = Decimal("0.15")

_CRORE_AND_LAKH = re.compile(r"\b(\d{1,4}) ?(?:crore|cr) (\d{1,2}) ?(?:lakh|l)\b")
_LAKH_AND_THOUSAND = re.compile(r"\b(\d{1,4}) ?(?:lakh|l) (\d{1,2}) ?(?:thousand|k)\b")
_NUMBER = r"(rs ?)?(\d[\d,]{0,11}(?:\.\d{1,4})?)"
_NOT_MONEY = r"(?! ?(?:\+|bhk|bed|room|bath|park|floor|year|month|sqft|gaj|sqm|st\b|nd\b|rd\b|th\b|\d))"
_UNIT = r" ?(crore|cr|lakh|l|thousand|k)?\b"
_AMOUNT = rf"{_NUMBER}{_UNIT}{_NOT_MONEY}"
_BETWEEN = re.compile(rf"\b(?:between |from )?{_NUMBER}{_UNIT} ?(?:to|and|se) ?{_AMOUNT}")
_AT_MOST = re.compile(
    rf"\b(?:under|below|less than|up ?to|within|max(?:imum)?|at most|budget(?: of| is)?) {_AMOUNT}"
    rf"|\b{_AMOUNT} (?:or less|max)\b"
)
_AT_LEAST = re.compile(
    rf"\b(?:above|over|more than|min(?:imum)?|at least|from) {_AMOUNT}|\b{_AMOUNT} (?:or more|plus)\b"
    rf"|\b{_NUMBER}\+{_UNIT}{_NOT_MONEY}"
)
_AROUND = re.compile(rf"\b(?:around|about|approx(?:imately)?|near) {_AMOUNT}")
_BARE = re.compile(rf"\b{_AMOUNT}")
_BARE_DIGITS = re.compile(rf"(?<![\d.,])(?<!\d{{4}} )(\d[\d,]{{4,11}}){_NOT_MONEY}(?![\d.,])")
_PIN_CODE = re.compile(r"[1-9]\d{2}(?!000)\d{3}")  # an area's first post office is 001
_BARE_LENGTHS = range(5, 10)  # shorter are years, sectors and houses, longer are phone numbers

_NO_RENT = 2_000_000


def purpose_of(filters: Mapping[str, Any]) -> dict[str, str]:
    """`purpose` buy, for whoever names prices that no rent has: all rents are "under 90 lakh"."""
    is_high = max(filters.get("price_min", 0), filters.get("price_max", 0)) >= _NO_RENT
    return {"purpose": "buy"} if is_high and "purpose" not in filters else {}


def cut_price(text: str) -> tuple[str, dict[str, Any]]:
    """The text without the prices that it names, and `price_min` and `price_max` in rupees."""
    text = _LAKH_AND_THOUSAND.sub(_added("thousand"), _CRORE_AND_LAKH.sub(_added("lakh"), text))
    rest, between = cut(_BETWEEN, text, accept=_are_both_money)
    if between:
        low = _rupees(between[2], between[3] or between[6])
        high = _rupees(between[5], between[6] or between[3])
        return rest, {"price_min": min(low, high), "price_max": max(low, high)}
    rest, around = cut(_AROUND, text, accept=_is_money)
    if around:
        middle = Decimal(_amount(around))
        return rest, {"price_min": float(middle * (1 - _ABOUT)), "price_max": float(min(middle * (1 + _ABOUT), _MOST))}
    return _bounds(text)


def cut_bare_price(text: str) -> tuple[str, dict[str, Any]]:
    """The same of an amount without currency or unit, for a text that speaks of homes: "2 bhk 25000".

    It has five digits to nine. Six that may be a pin code are one (122001), unless they end in 000 or have commas.
    """
    rest, found = cut(_BARE_DIGITS, text, accept=_may_be_rupees)
    return rest, {"price_max": _rupees(found[1], None)} if found else {}


def _may_be_rupees(found: re.Match[str]) -> bool:
    digits = found[1].replace(",", "")
    return len(digits) in _BARE_LENGTHS and not _PIN_CODE.fullmatch(found[1])


def _added(unit: str) -> Callable[[re.Match[str]], str]:
    """Writes "1 crore 20 lakh" as 120 lakh: of the smaller unit a hundred are one of the larger."""
    return lambda found: f"{int(found[1]) * 100 + int(found[2])} {unit}"


def _bounds(text: str) -> tuple[str, dict[str, Any]]:
    rest, most = cut(_AT_MOST, text, accept=_is_money)
    rest, least = cut(_AT_LEAST, rest, accept=_is_money)
    if most is None and least is None:
        rest, most = cut(_BARE, rest, accept=_has_unit)
    found = {name: _amount(bound) for name, bound in (("price_min", least), ("price_max", most)) if bound}
    if len(found) == 2 and found["price_min"] > found["price_max"]:
        return text, {}
    return rest, found


def _said(found: re.Match[str]) -> tuple[str | None, str, str | None]:
    """Currency, number and unit of whichever way of saying it was found."""
    groups = found.groups()
    start = next(start for start in range(0, len(groups), 3) if groups[start + 1])
    return groups[start], groups[start + 1], groups[start + 2]


def _amount(found: re.Match[str]) -> float:
    _, number, unit = _said(found)
    return _rupees(number, unit)


def _is_money(found: re.Match[str]) -> bool:
    """A small number without currency or unit may be anything: years, floors, guests."""
    currency, number, unit = _said(found)
    return bool(currency or unit) or _rupees(number, None) >= _LEAST_WITHOUT_UNIT


def _has_unit(found: re.Match[str]) -> bool:
    currency, _, unit = _said(found)
    return bool(currency or unit)


def _are_both_money(found: re.Match[str]) -> bool:
    bare = min(_rupees(found[2], None), _rupees(found[5], None))
    return bool(found[3] or found[6] or found[1] or found[4]) or bare >= _LEAST_WITHOUT_UNIT


def _rupees(number: str, unit: str | None) -> float:
    return float(min(Decimal(number.replace(",", "")) * _UNITS.get(unit or "", 1), _MOST))


_SQFT = {"sqft": Decimal(1), "gaj": Decimal(9), "sqm": Decimal("10.7639104")}
_MOST_SQFT = Decimal(100_000)
_SIZE = r"(\d[\d,]{0,8}(?:\.\d{1,2})?)"
_SIZE_UNIT = r" ?(sqft|gaj|sqm)\b"
_SIZES_BETWEEN = re.compile(rf"\b(?:between |from )?{_SIZE} ?(?:sqft|gaj|sqm)? ?(?:to|and|se) ?{_SIZE}{_SIZE_UNIT}")
_SIZE_AT_MOST = re.compile(rf"\b(?:under|below|less than|up ?to|max(?:imum)?|at most) {_SIZE}{_SIZE_UNIT}")
_SIZE_AT_LEAST = re.compile(rf"\b(?:above|over|more than|min(?:imum)?|at least) {_SIZE}{_SIZE_UNIT}")
_SIZE_BARE = re.compile(rf"\b{_SIZE}{_SIZE_UNIT}")


def cut_area(text: str) -> tuple[str, dict[str, Any]]:
    """The text without the first area that it names, and `area_min` and `area_max` in square feet."""
    rest, between = cut(_SIZES_BETWEEN, text)
    if between:
        low, high = sorted(_square_feet(between[place], between[3]) for place in (1, 2))
        return rest, {"area_min": low, "area_max": high}
    for pattern, name in ((_SIZE_AT_MOST, "area_max"), (_SIZE_AT_LEAST, "area_min")):
        rest, found = cut(pattern, text)
        if found:
            return rest, {name: _square_feet(found[1], found[2])}
    rest, found = cut(_SIZE_BARE, text)
    if found is None:
        return text, {}
    size = Decimal(_square_feet(found[1], found[2]))
    return rest, {"area_min": float(size * Decimal("0.9")), "area_max": float(min(size * Decimal("1.1"), _MOST_SQFT))}


def _square_feet(number: str, unit: str) -> float:
    return float(min(Decimal(number.replace(",", "")) * _SQFT[unit], _MOST_SQFT))
