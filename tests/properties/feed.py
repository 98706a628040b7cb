"""A small feed of published listings for the tests, in the columns of the real ones."""

import csv
import io
from pathlib import Path

from apps.properties.rules.published import LISTING_COLUMNS

GEO = """sector,coordinates
sector 5,"28.4794° N, 77.0176° E"
sector 6,"28.4745° N, 77.0262° E"
"""

_HOUSE = {
    "property_name": "4 Bedroom House for sale in Sector 5 Gurgaon",
    "society": "Green Acre4.1 ★",
    "price": "5.25 Crore",
    "rate": "₹ 20,115/sq.ft.",
    "area": "(242 sq.m.) Plot Area",
    "areaWithType": "Plot area 290(242.48 sq.m.)",
    "bedRoom": "4 Bedrooms",
    "bathroom": "3 Bathrooms",
    "balcony": "3+ Balconies",
    "additionalRoom": "Pooja Room,Others",
    "address": "12 Main Road, Sector 5 Gurgaon, Gurgaon, Haryana 122001",
    "noOfFloor": "2 Floors",
    "facing": "North-East",
    "agePossession": "5 to 10 Year Old",
    "nearbyLocations": "['Lotus Hospital', 'Hill School']",
    "description": "A park facing house.",
    "furnishDetails": "['2 Wardrobe', '4 Fan', 'No Bed']",
    "features": "['Park', 'Fitness Centre / GYM', 'Natural Light']",
    "property_id": "H1",
}


def house(**cells: str) -> dict[str, str]:
    """One row, complete, with some cells changed."""
    return _HOUSE | cells


def csv_bytes(*rows: dict[str, str]) -> bytes:
    """The rows as a UTF-8 CSV file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, LISTING_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def write(folder: Path, *rows: dict[str, str]) -> tuple[Path, Path]:
    """The rows and the geo file, on disk."""
    listings, geo = folder / "feed.csv", folder / "geo.csv"
    listings.write_bytes(csv_bytes(*rows))
    geo.write_text(GEO, encoding="utf-8")
    return listings, geo
