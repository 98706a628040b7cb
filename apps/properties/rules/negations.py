"""What somebody does not want: "no parking", "lift ke bina", "not in sector 45". Pure.

Every negation is looked at here, before anything is understood, so that nothing that is understood needs to look for
one. Texts are as the glossary leaves them: `no` and `not` deny what follows, `not wanted` denies what stands before.
"""

import re
from collections.abc import Sequence
from typing import Any

from apps.properties.rules import glossary
from apps.properties.rules.cutting import Part

_BEFORE = frozenset({"no", "not", "non"})
_BEHIND = ["not", "wanted"]
_GO_ON = frozenset({"or", "nor"})
_MOST_WORDS = 6
"""A phrase that a part understands is no longer, with the small words before it."""

_LIMIT = r"(?= (?:rs ?)?\d)(?! \d+ years?\b)"
_NO_MORE = re.compile(rf"\bno[nt]? (?:more than|greater than|above|over){_LIMIT}")
_NO_LESS = re.compile(rf"\bno[nt]? (?:less than|fewer than|under|below){_LIMIT}")


def turn(english: str, parts: Sequence[Part]) -> str:
    """The text with what it denies said so that the parts can take it, or left out.

    "Not more than" is "at most". Of a phrase that a part understands, a part may understand the denial too ("not
    furnished"): that stays. Any other is left out with its negation, because there is no filter for the opposite, and
    its words are not wanted either. What no part understands stays as it is ("no brokerage").
    """
    limits = _NO_LESS.sub("at least", _NO_MORE.sub("at most", english))
    said = _denied_first(limits.split(), parts)
    place = 0
    while place < len(said):
        length, part = _understood(said[place + 1 :], parts) if said[place] in _BEFORE else (0, None)
        if part is None:
            place += 1
            continue
        phrase = said[place + 1 : place + 1 + length]
        rest = said[place + 1 + length :]
        kept = _denied(phrase, part)
        goes_on = _understood(rest[1:], parts)[0] if rest[:1] and rest[0] in _GO_ON else 0
        said = [*said[:place], *kept, *(["not", *rest[1:]] if goes_on else rest)]
        place += len(kept)
    return " ".join(said)


def _denied(phrase: list[str], part: Part) -> list[str]:
    """The phrase with its negation if the part takes that for another thing than the phrase; else nothing."""
    denied = ["not", *phrase]
    return denied if part(" ".join(denied))[1] != part(" ".join(phrase))[1] else []


def _denied_first(said: list[str], parts: Sequence[Part]) -> list[str]:
    """The same with each negation before what it denies."""
    place = 0
    while place < len(said):
        words = _words_behind(said, place)
        length = _understood_before(said[:place], parts) if words else 0
        if length:
            start = place - length
            said = [*said[:start], "not", *said[start:place], *said[place + words :]]
        place += 1
    return said


def _words_behind(said: list[str], place: int) -> int:
    """How many words from there deny what stands before them."""
    if said[place : place + 2] == _BEHIND:
        return 2
    return int(said[place] in _BEFORE and place == len(said) - 1)


def _understood(said: list[str], parts: Sequence[Part]) -> tuple[int, Part | None]:
    """How many words at the start are one thing that a part understands, the most of all parts, and that part."""
    within = _until_the_next(said)
    found = ((_longest(part, within), part) for part in parts)
    length, part = max(found, key=lambda one: one[0])
    return (length, part) if length else (0, None)


def _understood_before(said: list[str], parts: Sequence[Part]) -> int:
    """The same at the end."""
    within = _until_the_next(said[::-1])[::-1]
    return max(_longest(part, within, from_the_end=True) for part in parts)


def _until_the_next(said: list[str]) -> list[str]:
    """The words before the next negation, as far as a phrase may reach."""
    reach = said[:_MOST_WORDS]
    return reach[: next((place for place, word in enumerate(reach) if word in _BEFORE), _MOST_WORDS)]


def _longest(part: Part, said: list[str], *, from_the_end: bool = False) -> int:
    """The words of the longest phrase that is one thing to a part, without a small word at its end."""
    longest, before = 0, dict[str, Any]()
    for length in range(1, len(said) + 1):
        phrase, edge = (said[-length:], said[-length]) if from_the_end else (said[:length], said[length - 1])
        rest, understood = part(" ".join(phrase))
        is_one = bool(understood) and all(len(value) == 1 for value in understood.values() if isinstance(value, list))
        is_all = not set(rest.split()) - glossary.FILLERS
        if is_one and is_all and (understood != before or edge not in glossary.FILLERS):
            longest, before = length, understood
    return longest
