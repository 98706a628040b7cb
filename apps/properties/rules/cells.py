"""Reads the cells of a published feed: counts, lists, ages, furnishing.

Pure; a text without a meaning raises `UnreadableError`.
"""

import ast
import re
import warnings
from collections.abc import Iterable

MOST_LIST_TEXT = 20_000  # characters; the parser of literals is not meant for more
MOST_ITEMS = 500
MOST_COUNT = 999

_EMPTY = frozenset({"", "-", "na", "n/a", "none", "null", "undefined", "not applicable"})
_COUNT = re.compile(r"(?P<number>[0-9]{1,3})(?P<more>\+?)(?:\s+[a-z]+)?", re.IGNORECASE)
_NONE_OF = re.compile(r"no\s+[a-z]+", re.IGNORECASE)
_AGE_RANGE = re.compile(r"(?P<least>[0-9]{1,3})(?:\s*to\s*[0-9]{1,3}|\+)?\s*years?\s*old", re.IGNORECASE)
_POSSESSION = re.compile(
    r"(?:within\s+[0-9]{1,3}\s+(?:months?|years?)|by\s+[0-9]{4}|[a-z]{3,9}\s+[0-9]{4}|under\s+construction)",
    re.IGNORECASE,
)
_RATING_TAIL = re.compile(r"\s*[0-9](?:\.[0-9])?\s*★\s*$")
_PIECE = re.compile(r"(?P<number>no|[0-9]{1,3})\s+(?P<what>\S.*)", re.IGNORECASE)

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # escapes in a list can spell them; PostgreSQL cannot keep them

_FIXTURES = frozenset({"fan", "exhaust fan", "light"})
_SEATING = frozenset({"sofa", "dining table"})
_APPLIANCES = frozenset({"ac", "fridge", "tv", "washing machine"})


class UnreadableError(ValueError):
    """A published text that we cannot give a meaning to. The message says what was expected."""


def shown(text: str) -> str:
    """A cell as it is quoted in messages: on one line, at most 60 characters."""
    line = " ".join(text.split())
    return repr(line if len(line) <= 60 else f"{line[:57]}...")


def is_empty(text: str) -> bool:
    """Did the publisher leave this cell out, or fill it with a word for nothing?"""
    return " ".join(text.split()).casefold() in _EMPTY


def text_or_none(text: str, *, most: int) -> str | None:
    """One line of text, cut to `most` characters; None when it says nothing."""
    return None if is_empty(text) else " ".join(text.split())[:most].rstrip()


def count(text: str) -> int | None:
    """`5 Bedrooms` is 5, `3+ Balconies` is 3 (at least), `No Balcony` is 0, an empty cell is None."""
    if is_empty(text):
        return None
    if _NONE_OF.fullmatch(text.strip()):
        return 0
    match = _COUNT.fullmatch(text.strip())
    if match is None:
        raise UnreadableError(f"{shown(text)} is not a number from 0 to {MOST_COUNT}.")
    return int(match["number"])


def floors(text: str) -> int | None:
    """The number of storeys. `0 Floors` is how the feed writes that nobody said."""
    return count(text) or None


def age_in_years(text: str) -> int | None:
    """The least age that was published, in years: `5 to 10 Year Old` is 5, `10+ Year Old` is 10.

    The lower end, because it alone exists for every form. A date of possession (`Within 6 months`,
    `Dec 2024`) is no age, so it is None, as is `undefined`.
    """
    if is_empty(text) or is_possession(text):
        return None
    match = _AGE_RANGE.fullmatch(text.strip())
    if match is None:
        raise UnreadableError(f"{shown(text)} is neither an age nor a date of possession.")
    return int(match["least"])


def is_possession(text: str) -> bool:
    """Does the cell say when one may move in, rather than how old the house is?"""
    return _POSSESSION.fullmatch(text.strip()) is not None


def texts(text: str) -> list[str]:
    """The strings of a Python-style list, each on one line, without blanks and repeats; [] for an empty cell.

    Literals only, never code, and bounded in length and number.
    """
    if is_empty(text):
        return []
    if len(text) > MOST_LIST_TEXT:
        raise UnreadableError(f"a list of {len(text)} characters is longer than {MOST_LIST_TEXT}.")
    items = _literal(text)
    if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
        raise UnreadableError(f"{shown(text)} is not a list of texts.")
    if any(_UNSTORABLE.search(item) for item in items):
        raise UnreadableError(f"{shown(text)} holds a NUL or half a character.")
    if len(items) > MOST_ITEMS:
        raise UnreadableError(f"a list of {len(items)} entries is longer than {MOST_ITEMS}.")
    return distinct(items)


def _literal(text: str) -> object:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an unknown escape such as \d is kept as it stands
            return ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError) as wrong:
        raise UnreadableError(f"{shown(text)} is not a list of texts.") from wrong


def distinct(items: Iterable[str]) -> list[str]:
    """The items on one line each, in order, the first of those that differ by case only, without blanks."""
    lines = (" ".join(item.split()) for item in items)
    return list({line.casefold(): line for line in reversed([line for line in lines if line])}.values())[::-1]


def names(text: str) -> list[str]:
    """`Pooja Room,Servant Room,Others` as a list; the feed's `Others` names nothing."""
    if is_empty(text):
        return []
    return [name for name in distinct(text.split(",")) if name.casefold() != "others"]


def society(text: str) -> str | None:
    """The society's name without the rating that the feed glues to it (`Malibu Town4.0 ★`)."""
    return text_or_none(_RATING_TAIL.sub("", text), most=200)


def furniture(text: str) -> dict[str, int]:
    """`['2 Wardrobe', 'No Bed']` as `{"wardrobe": 2, "bed": 0}`."""
    found = {}
    for item in texts(text):
        match = _PIECE.fullmatch(item)
        if match is None:
            raise UnreadableError(f"{shown(item)} does not say how many of what.")
        number = match["number"].casefold()
        found[match["what"].casefold()] = 0 if number == "no" else int(number)
    return found


def furnishing_level(pieces: dict[str, int]) -> str | None:
    """How furnished a house with these pieces is; None when nothing was published.

    The three levels as the Indian market uses them: `furnished` can be moved into (a bed, a sofa or table,
    and an appliance); `semi_furnished` has something beyond fans and lights, such as wardrobes or a kitchen;
    `unfurnished` has at most those.
    """
    if not pieces:
        return None
    present = {what for what, number in pieces.items() if number}
    if "bed" in present and present & _SEATING and present & _APPLIANCES:
        return "furnished"
    return "semi_furnished" if present - _FIXTURES else "unfurnished"
