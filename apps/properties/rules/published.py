"""Reads a feed of published listings (CSV) and its geo file into listings that can be stored. Pure.

`read_listings` and `read_centres` refuse a file that is not what it should be (`BadFileError`); `listings` turns
rows into `Listing`s and tells of each row that cannot become one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from apps.properties.rules import amenities, amounts, cells, markup, positions
from apps.properties.rules.csv_files import BadFileError, Row, read_rows

LISTING_COLUMNS = (
    "property_name", "society", "price", "rate", "area", "areaWithType", "bedRoom", "bathroom", "balcony",
    "additionalRoom", "address", "noOfFloor", "facing", "agePossession", "nearbyLocations", "description",
    "furnishDetails", "features", "property_id",
)  # fmt: skip
GEO_COLUMNS = ("sector", "coordinates")
CITY, STATE = "Gurugram", "Haryana"
APPROXIMATE = "approximate-location"
"""The tag of a listing whose position is the centre of its sector, because no closer one was published."""

NO_ID = "no id published"
NO_TITLE = "no title published"
NO_PRICE = "no price published"
ON_REQUEST = "price on request"
REPEATED = "repeated id"
UNREADABLE = "unreadable cell"
REFUSED = "refused by the database"


class UnusableRowError(ValueError):
    """A row that cannot become a listing: a `reason` to count by, and a `detail` for this row."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was not stored, and why."""

    row: int
    source_id: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A row ready to store: columns of the listing, its position or None, titles of amenities."""

    row: int
    source_id: str
    values: dict[str, Any]
    position: positions.Degrees | None
    amenities: list[str] = field(default_factory=list)


def read_listings(data: bytes, *, name: str) -> list[Row]:
    """The rows of a feed of listings, or `BadFileError`."""
    rows = read_rows(data, LISTING_COLUMNS, name=name)
    if not rows:
        raise BadFileError(f"{name} has a heading and no rows.")
    return rows


def read_centres(data: bytes, *, name: str) -> dict[str, positions.Degrees]:
    """The centre of each place of a geo file, or `BadFileError`."""
    centres = {}
    for row in read_rows(data, GEO_COLUMNS, name=name):
        try:
            position = positions.coordinates(row.cells["coordinates"])
        except cells.UnreadableError as wrong:
            raise BadFileError(f"{name}, row {row.number}: {wrong}") from wrong
        centres[positions.place_key(row.cells["sector"])] = position
    return centres


def listings(rows: Iterable[Row], centres: dict[str, positions.Degrees]) -> tuple[list[Listing], list[Skipped]]:
    """The rows that can be stored, and the others with their reasons.

    The first usable row of an id stands; later ones are skipped, and the detail says whether they differ.
    """
    usable: dict[str, tuple[Listing, Row]] = {}
    skipped: list[Skipped] = []
    for row in rows:
        source_id = row.cells["property_id"].strip()
        try:
            found = listing(row, centres)
            _check_new(row, usable.get(found.source_id))
        except UnusableRowError as wrong:
            skipped.append(Skipped(row.number, source_id, wrong.reason, wrong.detail))
        else:
            usable[found.source_id] = (found, row)
    return [found for found, _ in usable.values()], skipped


def _check_new(row: Row, earlier: tuple[Listing, Row] | None) -> None:
    if earlier is None:
        return
    _, first = earlier
    differing = [column for column, cell in row.cells.items() if cell != first.cells[column]]
    how = f"differs in {', '.join(differing)}" if differing else "the same"
    raise UnusableRowError(REPEATED, f"row {first.number} has it already, {how}")


def listing(row: Row, centres: dict[str, positions.Degrees]) -> Listing:
    """One row as a listing, or `UnusableRowError`."""
    cell = row.cells
    source_id = cell["property_id"].strip()
    if not source_id or len(source_id) > 128:
        raise UnusableRowError(NO_ID if not source_id else UNREADABLE, "property_id" if source_id else "")
    title = markup.title(cell["property_name"])
    if not title:
        raise UnusableRowError(NO_TITLE)
    price = _price(cell["price"])
    position = positions.position(title, cell["address"], centres)
    features = _read(cell, "features", cells.texts)
    values = {"title": title, "purpose": "buy", "base_price": price}
    values |= _place(cell, title) | _building(cell) | _texts(cell, features)
    values |= {"property_type": property_type(title), "tags": [APPROXIMATE] if position else []}
    return Listing(row.number, source_id, values, position, amenities.titles(features))


def _price(text: str) -> Decimal:
    if amounts.is_on_request(text):
        raise UnusableRowError(ON_REQUEST)
    if cells.is_empty(text):
        raise UnusableRowError(NO_PRICE)
    return _read({"price": text}, "price", amounts.rupees)


def _read(cell: dict[str, str], column: str, reader: Any) -> Any:
    """A cell through its reader; what cannot be read makes the row unusable, and names the column."""
    try:
        return reader(cell[column])
    except cells.UnreadableError as wrong:
        raise UnusableRowError(UNREADABLE, f"{column}: {wrong}") from wrong


def property_type(title: str) -> str:
    """`villa` or `builder_floor` when the title calls it so, else `house`, which is what the feed sells."""
    kind = title.casefold().partition(" for ")[0]
    if kind.endswith("villa"):
        return "villa"
    return "builder_floor" if kind.endswith((" builder floor", " independent floor")) else "house"


def _place(cell: dict[str, str], title: str) -> dict[str, Any]:
    nearby = _read(cell, "nearbyLocations", cells.texts)
    named = positions.named_place(title)
    return {
        "city": CITY,
        "state": STATE,
        "locality": named[:200] if named else None,
        "sub_locality": cells.society(cell["society"]),
        "landmark": nearby[0][:200] if nearby else None,
        "full_address": cells.text_or_none(cell["address"], most=1000),
        "pincode": positions.pincode(cell["address"]),
    }


def _building(cell: dict[str, str]) -> dict[str, Any]:
    area = _read_area(cell)
    return {
        "area_sqft": float(area[0]) if area else None,
        "area_type": f"{area[1]} area" if area else None,
        "price_per_sqft": _read(cell, "rate", amounts.rupees_a_sqft),
        "bedrooms": _read(cell, "bedRoom", cells.count),
        "bathrooms": _read(cell, "bathroom", cells.count),
        "balconies": _read(cell, "balcony", cells.count),
        "total_floors": _read(cell, "noOfFloor", cells.floors),
        "age_of_property": _read(cell, "agePossession", cells.age_in_years),
        "furnishing_level": cells.furnishing_level(_read(cell, "furnishDetails", cells.furniture)),
    }


def _read_area(cell: dict[str, str]) -> tuple[Decimal, str] | None:
    found: tuple[Decimal, str] | None = _read(
        cell, "area", lambda headline: amounts.published_area(headline, cell["areaWithType"])
    )
    return found


def _texts(cell: dict[str, str], features: list[str]) -> dict[str, Any]:
    return {
        "description": markup.description(cell["description"]) or None,
        "features": cells.distinct([*features, *_traits(cell)]),
        "search_keywords": _keywords(cell, features),
    }


def _traits(cell: dict[str, str]) -> Iterator[str]:
    """What other columns say that reads like a feature: rooms, the facing, when one may move in."""
    yield from cells.names(cell["additionalRoom"])
    if facing := cells.text_or_none(cell["facing"], most=40):
        yield f"{facing} facing"
    if cells.is_possession(cell["agePossession"]):
        yield f"Possession: {cell['agePossession'].strip()}"


def _keywords(cell: dict[str, str], features: list[str]) -> str | None:
    """What the text search finds beyond title, description and address.

    The facing is left out on purpose: beside a feature `Park` it would make every such house `park facing`.
    """
    nearby = _read(cell, "nearbyLocations", cells.texts)
    society = cells.society(cell["society"])
    return (
        ", ".join(
            cells.distinct([*([society] if society else []), *features, *cells.names(cell["additionalRoom"]), *nearby])
        )
        or None
    )
