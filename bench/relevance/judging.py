"""What a query asks for, as predicates over the columns and the words of a listing, so that any listing can be judged.

A want is met, missed, or contradicted: a listing that says nothing of noise misses "quiet", one above a night club
contradicts it. Grades: 3 when every want is met, 2 and 1 when most or many are and the first is, 0 otherwise, and
always when one is contradicted.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

Home = Mapping[str, Any]
"""The columns of a listing, the titles of its `amenities`, and `words`: all that is said of it, in lower case."""


class Verdict(Enum):
    MET = 1
    MISSED = 0
    CONTRADICTED = -1


Want = Callable[[Home], Verdict]


@dataclass(frozen=True)
class Query:
    """What somebody types, in which language (en, hi, hinglish), and what they want. `hard` ones deny something."""

    said: str
    language: str
    wants: tuple[Want, ...]
    hard: bool = False

    def grade(self, home: Home) -> int:
        """0 to 3."""
        verdicts = [want(home) for want in self.wants]
        if Verdict.CONTRADICTED in verdicts or verdicts[0] is Verdict.MISSED:
            return 0
        met = verdicts.count(Verdict.MET) / len(verdicts)
        return 3 if met == 1 else 2 if met >= 0.75 else 1 if met > 0.5 else 0


def _when(holds: bool | None) -> Verdict:
    """Nothing known is missed, the contrary is contradicted."""
    return Verdict.MISSED if holds is None else Verdict.MET if holds else Verdict.CONTRADICTED


def column(name: str, *values: Any) -> Want:
    """A column has one of these values."""
    return lambda home: _when(None if home[name] in (None, "") else home[name] in values)


def between(name: str, least: float | None = None, most: float | None = None) -> Want:
    """A number is within bounds, which are inclusive."""

    def want(home: Home) -> Verdict:
        value = home[name]
        if value is None:
            return Verdict.MISSED
        return _when((least is None or value >= least) and (most is None or value <= most))

    return want


def said(yes: str, no: str = "") -> Want:
    """The words say so (`yes`), or the contrary (`no`), which is looked for first."""
    met, denied = re.compile(yes), re.compile(no) if no else None

    def want(home: Home) -> Verdict:
        if denied and denied.search(home["words"]):
            return Verdict.CONTRADICTED
        return Verdict.MET if met.search(home["words"]) else Verdict.MISSED

    return want


def beds(count: int) -> Want:
    return column("bedrooms", count)


def beds_from(count: int) -> Want:
    return between("bedrooms", least=count)


def price(most: float | None = None, least: float | None = None) -> Want:
    return between("base_price", least=least, most=most)


def kind(*types: str) -> Want:
    return column("property_type", *types)


def purpose(value: str) -> Want:
    return column("purpose", value)


def place(*names: str) -> Want:
    """It is there: title, society, locality or address name one of the places."""
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(name.lower()) for name in names) + r")\b")

    def want(home: Home) -> Verdict:
        where = " ".join(str(home[name] or "") for name in ("sub_locality", "locality", "full_address", "title"))
        return _when(pattern.search(where.lower()) is not None)

    return want


def has(*titles: str) -> Want:
    """An amenity or a feature of one of these names."""
    wanted = {title.lower() for title in titles}
    return lambda home: Verdict.MET if wanted & home["equipment"] else Verdict.MISSED
