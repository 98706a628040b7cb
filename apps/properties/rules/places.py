"""Cities under their several names."""

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
