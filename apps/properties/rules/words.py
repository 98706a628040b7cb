"""The words of a text that somebody typed, in any script. Pure."""

import re
import unicodedata

LONGEST = 500
"""Characters of a query that are read; a wish is a line, not a letter."""

_NUKTA = "\u093c"
_NOT_IN_A_NUMBER = re.compile(r"(?<!\d)[.,+]|[.,](?!\d)")
_RANGE = re.compile(r"(?<=\d)( ?(?:k|l|la[ck]hs?|lacs?|cr|crores?))? ?[-\u2013] ?(?=(?:rs ?)?\d)")
_EITHER = re.compile(r"(?<=\d)( ?(?:bhk|rk))? ?/ ?(?=\d)")
_EACH = re.compile(r"/ ?(?=(?:month|night)\b)")
_PLUS = re.compile(r"(?<=\d)( ?(?:bhk|rk|bed\w*|rooms?|k|l|la[ck]hs?|lacs?|cr|crores?))\+(?!\w)")
_SCRIPTS_MEET = re.compile(r"(?<=\d)(?=[\u0900-\u097f])|(?<=[\u0900-\u097f])(?=\d)")
_KEPT = frozenset(".,+")


def plain(text: str) -> str:
    """A query in one plain spelling: lower case, digits of any script as 0 to 9, single spaces.

    Of the punctuation only what belongs to a number stays: `1.2`, `75,00,000`, `3+`. `₹` reads `rs`, `50-80` as
    `50 to 80`, `2/3` as `2 or 3`, `/month` as `per month`, `3bhk+` as `3+bhk`. Devanagari stands apart from digits, and
    is without nukta, because people leave it out as often as they write it.
    """
    folded = unicodedata.normalize("NFKD", text[:LONGEST]).replace("₹", " rs ").lower()
    composed = unicodedata.normalize("NFC", folded.replace(_NUKTA, ""))
    told = _EACH.sub(" per ", _EITHER.sub(r"\1 or ", _RANGE.sub(r"\1 to ", composed)))
    kept = "".join(map(_plain_character, _PLUS.sub(r"+\1", told)))
    return " ".join(_SCRIPTS_MEET.sub(" ", _NOT_IN_A_NUMBER.sub(" ", kept)).split())


def of(text: str) -> list[str]:
    """The words and numbers of a text, in order: runs of letters, their signs, and digits."""
    return "".join(character if _is_part(character) else " " for character in plain(text)).split()


def _plain_character(character: str) -> str:
    if character in _KEPT:
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return character if _is_part(character) else " "


def _is_part(character: str) -> bool:
    """Letters, digits, and the signs that Indic scripts put on letters."""
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")
