"""Places under their several names: cities, sectors, the phases of DLF. Pure."""

import re
from dataclasses import dataclass

# Official and everyday names of the same city, as people in India type them.
_NAMES: tuple[frozenset[str], ...] = (
    frozenset({"gurgaon", "gurugram"}),
    frozenset({"bangalore", "bengaluru"}),
    frozenset({"mumbai", "bombay"}),
    frozenset({"kolkata", "calcutta"}),
    frozenset({"chennai", "madras"}),
    frozenset({"delhi", "new delhi", "ncr", "delhi ncr"}),
    frozenset({"prayagraj", "allahabad"}),
    frozenset({"pune", "poona"}),
    frozenset({"thiruvananthapuram", "trivandrum"}),
    frozenset({"kochi", "cochin"}),
    frozenset({"mysuru", "mysore"}),
    frozenset({"vadodara", "baroda"}),
    frozenset({"varanasi", "banaras", "benares"}),
    frozenset({"noida"}),
    frozenset({"faridabad"}),
    frozenset({"ghaziabad"}),
    frozenset({"hyderabad"}),
)
_MEANT_NARROWLY = {"ncr": "delhi", "delhi ncr": "delhi"}


def names_of(city: str) -> list[str]:
    """Every name under which a city may be stored, sorted; an unknown city is its own only name."""
    asked = " ".join(city.lower().split())
    for names in _NAMES:
        if asked in names:
            return sorted(names - _MEANT_NARROWLY.keys())
    return [asked]


_ANY_NAME = re.compile(
    # "Sohna Gurgaon Road" and "Delhi Gurgaon Expressway" are roads, not cities.
    r"\b(" + "|".join(sorted({n for names in _NAMES for n in names}, key=len, reverse=True)) + r")\b"
    r"(?! (?:\w+ )?(?:road|expressway|highway|metro|border)\b)"
)


def cut_city(text: str) -> tuple[str, str | None]:
    """A lower-case text without the first city that it names, and that city."""
    found = _ANY_NAME.search(text)
    return (f"{text[: found.start()]} {text[found.end() :]}", found[1]) if found else (text, None)


@dataclass(frozen=True)
class Place:
    """A part of a city as we call it, and the phrases by which listings call it.

    `marks` are the words that the database adds to the vectors of listings that say so, and `unmarked` the phrases that
    no mark stands for.
    """

    name: str
    phrases: tuple[str, ...]
    marks: tuple[str, ...]
    unmarked: tuple[str, ...] = ()


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_NUMERALS = {number: roman for roman, number in _ROMAN.items()}
_UNHEARD = frozenset("aist")
"""Letters that the text search leaves out: `sector 45 a` is `sector 45` to it."""
_SECTOR = re.compile(r"\bsec(?:tor)? ?(\d{1,3})([a-z]?)\b")
_DLF_PHASE = re.compile(r"\bdlf (?:city )?(?:phase ?)?([1-5]|i{1,3}|iv|v)\b")


def cut_places(text: str) -> tuple[str, tuple[Place, ...]]:
    """A plain English text without the sectors and phases that it names, and those, each once."""
    found = {_sector(match): None for match in _SECTOR.finditer(text)}
    found |= {_phase(match): None for match in _DLF_PHASE.finditer(text)}
    return _DLF_PHASE.sub(" ", _SECTOR.sub(" ", text)), tuple(found)


def _sector(match: re.Match[str]) -> Place:
    number, letter = str(int(match[1])), match[2]
    name = f"{number}{letter}"
    apart = tuple(f"{word} {number} {letter}" for word in ("sector", "sec")) if letter else ()
    phrases = (f"sector {name}", f"sec {name}", *apart, f"sector{name}", f"sec{name}")
    if letter in _UNHEARD:
        return Place(f"sector {name}", phrases, (f"atsector{name}", f"atsector{number}"))
    return Place(f"sector {name}", phrases, (f"atsector{name}",), apart)


def _phase(match: re.Match[str]) -> Place:
    number = _ROMAN.get(match[1]) or int(match[1])
    names = [f"{before} {number}" for before in ("dlf phase", "dlf city phase", "dlf ph", "dlf")]
    return Place(f"dlf phase {number}", (*names, f"dlf phase {_NUMERALS[number]}"), (f"atdlf{number}",))
