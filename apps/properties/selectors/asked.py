"""What a search asks for: the filters that the caller gave, and what their words were understood to mean."""

from dataclasses import dataclass, field, replace
from typing import Any

from apps.properties.rules import budgets, queries, wishes, words
from apps.properties.rules.wishes import Wish

Filters = dict[str, Any]

ABSENT: tuple[Any, ...] = (None, [], "")

# Amounts: a listing that only mentions such words does not keep to them.
_AMOUNTS = frozenset({"price_min", "price_max", "area_min", "area_max", "age_max", "guests"})


@dataclass(frozen=True)
class Asked:
    """The filters of a search after reading its words, and as the caller gave them.

    `understood` are those that the words gave, by name; `matching` is the text query for what remains, None when every
    listing will do, and `ranked_by` the same as listings are ranked by it. `names`: the same for phrases that may be a
    name instead of a type. `begun` is what is matched but for the word that may be unfinished, None when that
    is all. `corrected`: what was typed, and what was looked for instead.
    """

    filters: Filters
    given: Filters
    understood: Filters = field(default_factory=dict)
    matching: str | None = None
    ranked_by: str = queries.NOTHING
    names: str = ""
    begun: str | None = None
    wish: Wish | None = None
    corrected: dict[str, str] = field(default_factory=dict)

    @property
    def is_unfinished(self) -> bool:
        """May the last word still be typed? Then anything that begins so is matched."""
        return self.wish is not None and self.wish.unfinished is not None

    @property
    def applied(self) -> Filters:
        """What a client may show of it, named as the parameters are; `words` is what was left of `q` to look for."""
        said = {**self.filters, **self.understood}
        applied = {name: value for name, value in said.items() if _is_on(value) and name not in _UNSHOWN}
        left = {"words": self.wish.text} if self.wish and self.wish.text else {}
        return {**applied, **left, **({"corrected": self.corrected} if self.corrected else {})}


_UNSHOWN = ("cursor", "limit", "include_total", "lat", "lng", "radius")


def _is_on(value: Any) -> bool:
    """Zero is: the ground floor is floor 0."""
    return value is not False and value not in ABSENT


def read(filters: Filters) -> Asked:
    """Understand the words of a search. What the caller gave explicitly wins; without words nothing is parsed."""
    if not filters["q"]:
        return Asked(filters, filters)
    return _asked(filters, filters["q"])


def read_corrected(filters: Filters, corrected: dict[str, str]) -> Asked:
    """The same, with other words for some that were typed."""
    said = " ".join(corrected.get(word, word) for word in words.plain(filters["q"]).split())
    return replace(_asked(filters, said), corrected=corrected)


def as_typed(filters: Filters) -> Asked:
    """All words of a search exactly as they were typed, and only the explicit filters."""
    said = queries.plain(filters["q"])
    return Asked(filters, filters, matching=said, ranked_by=said)


def may_be_words(asked: Asked) -> bool:
    """Was anything read, and nothing that is a bound? Then the words themselves may be what a listing says."""
    understood = asked.understood.keys()
    at_least = "floor_number_min" in understood and "floor_number_max" not in understood  # "not ground floor"
    return bool(understood) and not understood & _AMOUNTS and not at_least


def _asked(filters: Filters, said: str) -> Asked:
    wish = _allowed(wishes.read(said), filters)
    matching = queries.NOTHING if wish.is_blank else queries.of(wish)
    ranked_by = queries.ranked_by(wish)
    fitting = {name: value for name, value in wish.filters.items() if _fits(name, value, filters)}
    if filters.get("purpose") in ABSENT:
        fitting |= budgets.purpose_of(fitting)
    places_read = {"city": wish.city, "locality": ", ".join(place.name for place in wish.localities)}
    understood = fitting | {name: value for name, value in places_read.items() if value}
    return Asked(
        filters | fitting, filters, understood, matching, ranked_by, _names(wish, fitting), queries.begun(wish), wish
    )


def _names(wish: Wish, understood: Filters) -> str:
    return queries.any_of(wish.names) if wish.names and "property_type" in understood else ""


def _allowed(wish: Wish, given: Filters) -> Wish:
    """Without the places, where the caller named theirs."""
    if wish.city and given.get("city") not in ABSENT:
        wish = replace(wish, city=None)
    return replace(wish, localities=()) if wish.localities and given.get("locality") not in ABSENT else wish


def _fits(name: str, value: Any, given: Filters) -> bool:
    """The caller gave neither this filter nor the other end of its range so that nothing could match both."""
    if given.get(name) not in ABSENT:
        return False
    stem, _, end = name.rpartition("_")
    other = given.get(f"{stem}_{'max' if end == 'min' else 'min'}") if end in ("min", "max") else None
    if other in ABSENT:
        return True
    return bool(value <= other if end == "min" else value >= other)
