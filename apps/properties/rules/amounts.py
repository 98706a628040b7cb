"""Money and areas as Indian property feeds print them. Pure; anything else raises `UnreadableError`.

Money is rupees as `Decimal` to the paisa; areas are square feet as `Decimal` to two places.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

from apps.properties.rules.cells import UnreadableError, is_empty, shown

_CENT = Decimal("0.01")
MOST_RUPEES = Decimal(10) ** 10 - _CENT  # what numeric(12,2) holds
MOST_SQFT = Decimal(10) ** 9

_NUMBER = r"[0-9][0-9,]{0,15}(?:\.[0-9]{1,8})?"
_MONEY = re.compile(rf"(?:₹|rs\.?|inr)?\s*(?P<number>{_NUMBER})\s*(?P<scale>[a-z]+)?\.?(?:\s*/-)?", re.IGNORECASE)
_SCALES = {
    None: 1,
    "k": 1_000, "thousand": 1_000,
    "l": 100_000, "lac": 100_000, "lacs": 100_000, "lakh": 100_000, "lakhs": 100_000,
    "cr": 10_000_000, "crore": 10_000_000, "crores": 10_000_000,
}  # fmt: skip

_AREA = re.compile(rf"(?P<number>{_NUMBER})(?:\s*(?:-|to)\s*{_NUMBER})?\s*(?P<unit>[a-z][a-z. ]*)", re.IGNORECASE)
_SQUARE_FEET = {
    "foot": Decimal(1),
    "metre": Decimal("10.7639104"),
    "yard": Decimal(9),
    "acre": Decimal(43_560),
    "hectare": Decimal("107639.104"),
    "kanal": Decimal(5_445),
    "marla": Decimal("272.25"),
}
_UNIT_WORDS = {
    "foot": "sqft sqfeet sqfoot squarefeet squarefoot ft2 sft",
    "metre": "sqm sqmt sqmtr sqmtrs sqmeter sqmeters sqmetre sqmetres squaremeters squaremetres m2",
    "yard": "sqyd sqyds sqyrd sqyrds sqyard sqyards squareyard squareyards gaj",
    "acre": "acre acres",
    "hectare": "hectare hectares ha",
    "kanal": "kanal kanals",
    "marla": "marla marlas",
}  # fmt: skip
_UNITS = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}


def is_on_request(text: str) -> bool:
    """Does the publisher ask readers to call for the price?"""
    return "request" in text.casefold()


def rupees(text: str) -> Decimal:
    """`5.25 Crore`, `85 Lac`, `₹ 20,115` or `75k` in rupees: more than 0, at most what the column holds."""
    match = _MONEY.fullmatch(text.strip())
    scale = _SCALES.get(match["scale"].casefold() if match["scale"] else None) if match else None
    if match is None or scale is None:
        raise UnreadableError(f"{shown(text)} is not an amount such as '5.25 Crore' or '85 Lac'.")
    amount = _plain(match["number"]) * scale
    if not _CENT <= amount <= MOST_RUPEES:
        raise UnreadableError(f"{shown(text)} is not between ₹0.01 and ₹{MOST_RUPEES:,}.")
    return amount.quantize(_CENT, ROUND_HALF_UP)


def rupees_a_sqft(text: str) -> Decimal | None:
    """`₹ 20,115/sq.ft.` as 20115; a rate for another unit is converted. None for an empty cell."""
    if is_empty(text):
        return None
    amount, slash, unit = text.partition("/")
    if not slash:
        raise UnreadableError(f"{shown(text)} is not a rate such as '₹ 20,115/sq.ft.'.")
    rate = rupees(amount) / _square_feet_in(unit)
    return max(rate.quantize(_CENT, ROUND_HALF_UP), _CENT)


def square_feet(text: str) -> Decimal:
    """An area such as `242.48 sq.m.`, `290 sq.yards`, `2 kanal` or `1,200 sq.ft.` in square feet.

    Of a range (`467-681 sq.m.`) the smaller end. 1 sq.m. is 10.7639104 sq.ft., 1 sq.yd. (gaj) 9, an acre
    43,560. Land in Haryana is recorded by the karam of 66 inches: 9 square karams are a marla (30.25 sq.yd.),
    20 marlas a kanal, 8 kanals an acre ("Measurement of land in Punjab", Wikipedia). A bigha is refused,
    because between villages it means anything from 1,008 to 3,025 sq.yd.
    """
    match = _AREA.fullmatch(text.strip())
    if match is None:
        raise UnreadableError(f"{shown(text)} is not an area such as '242 sq.m.'.")
    area = (_plain(match["number"]) * _square_feet_in(match["unit"])).quantize(_CENT, ROUND_HALF_UP)
    if not 0 < area <= MOST_SQFT:
        raise UnreadableError(f"{shown(text)} is not an area of more than 0 and at most {MOST_SQFT:,} sq.ft.")
    return area


def published_area(headline: str, breakdown: str) -> tuple[Decimal, str] | None:
    """The area a listing is offered by, in square feet, and its basis (`plot`, `built-up` or `carpet`).

    `headline` is e.g. `(242 sq.m.) Plot Area`, rounded to a metre; `breakdown`, e.g.
    `Plot area 290(242.48 sq.m.)Carpet area: ...`, has the same area closer. None when nothing was published.
    """
    if is_empty(headline):
        return None
    match = re.fullmatch(r"\((?P<size>[^()]{1,60})\)\s*(?P<basis>plot|built-up|carpet) area", headline, re.IGNORECASE)
    if match is None:
        raise UnreadableError(f"{shown(headline)} is not an area such as '(242 sq.m.) Plot Area'.")
    basis = match["basis"].casefold()
    return _closer_area(basis, breakdown) or square_feet(match["size"]), basis


def _closer_area(basis: str, breakdown: str) -> Decimal | None:
    """The metric figure in brackets behind `<basis> area`, if the breakdown has one."""
    label = basis.replace("-", "[ -]")
    match = re.search(rf"{label} area:?\s*[0-9.,]+[a-z. ]*\(([0-9.,]+ sq\.m\.)\)", breakdown[:500], re.IGNORECASE)
    return square_feet(match[1]) if match else None


def _plain(number: str) -> Decimal:
    """A printed number as Decimal; Indian and western grouping alike."""
    return Decimal(number.replace(",", ""))


def _square_feet_in(unit: str) -> Decimal:
    word = re.sub(r"[.\s]", "", unit).casefold()
    if word not in _UNITS:
        raise UnreadableError(f"{shown(unit)} is not a unit of area that we know.")
    return _SQUARE_FEET[_UNITS[word]]
