"""Cities under their several names."""

import re

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
    r"\b(" + "|".join(sorted({n for names in _NAMES for n in names}, key=len, reverse=True)) + r")\b"
)


def cut_city(text: str) -> tuple[str, str | None]:
    """A lower-case text without the first city that it names, and that city."""
    found = _ANY_NAME.search(text)
    return (f"{text[: found.start()]} {text[found.end() :]}", found[1]) if found else (text, None)
