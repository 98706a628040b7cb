"""Which of some known words somebody meant with a misspelt one. Pure."""

from collections.abc import Iterable

_ALLOWED = ((4, 1), (7, 2))  # up to so many letters, so many slips
_MOST_SLIPS = 3


def nearest(typed: str, known: Iterable[tuple[str, int]], *, unfinished: bool = False) -> str | None:
    """The word nearest to what was typed, of several the one in most listings; None when none is near enough.

    `known` are words and in how many listings they stand. An unfinished word is also near to what begins with it.
    """
    ranked = sorted((_distance(typed, word, unfinished), -listings, word) for word, listings in known)
    if not ranked or ranked[0][0] > _slips(typed):
        return None
    return ranked[0][2]


def _slips(typed: str) -> int:
    return next((slips for letters, slips in _ALLOWED if len(typed) <= letters), _MOST_SLIPS)


def _distance(typed: str, word: str, unfinished: bool) -> int:
    return 0 if unfinished and word.startswith(typed) else slips_between(typed, word)


def slips_between(one: str, other: str) -> int:
    """Letters left out, put in, mistaken, or swapped with the next one, which makes one of the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        two_before, before, row = before, row, [place]
        for column, wanted in enumerate(other, start=1):
            least = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != wanted))
            swapped = place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == wanted
            row.append(min(least, two_before[column - 2] + 1) if swapped else least)
    return row[-1]
