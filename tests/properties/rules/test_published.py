"""A feed as a whole: what is refused, and what a row becomes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.properties.rules import published
from apps.properties.rules.csv_files import MOST_CELL, BadFileError
from tests.properties import feed

CENTRES = {"sector 5": (28.4794, 77.0176)}


def _listings(*rows: dict[str, str]) -> tuple[list[published.Listing], list[published.Skipped]]:
    return published.listings(published.read_listings(feed.csv_bytes(*rows), name="feed.csv"), CENTRES)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "not UTF-8"),
        (b"a,b\0c\n", "NUL byte on line 1"),
        (b'{"rows": []}', "lacks the columns property_name"),
        (feed.csv_bytes(feed.house()).replace(b"price,", b"", 1), "lacks the column price"),
        (feed.csv_bytes(feed.house()).replace(b"society,price", b"price,price", 1), "lacks the column society"),
        (feed.csv_bytes(), "no rows"),
        (feed.csv_bytes(feed.house()) + b"one,two\n", "row 3 has 2 cells"),
        (feed.csv_bytes(feed.house()) + b'"never closed', "not a sound CSV"),
        (feed.csv_bytes(feed.house(description="x" * (MOST_CELL + 1))), "description has 20001 characters"),
        (feed.csv_bytes(feed.house(description="x" * 200_000)), "field larger than field limit"),
    ],
)
def test_a_file_that_is_no_feed_is_refused_with_the_reason(data: bytes, says: str) -> None:
    with pytest.raises(BadFileError, match=says):
        published.read_listings(data, name="feed.csv")


@given(st.binary())
def test_no_bytes_end_otherwise_than_in_rows_or_a_refusal(data: bytes) -> None:
    with pytest.raises(BadFileError):
        published.read_listings(data, name="feed.csv")


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")), min_size=19, max_size=19))
def test_no_cells_break_a_row(values: list[str]) -> None:
    cells = dict(zip(published.LISTING_COLUMNS, values, strict=True))
    found, skipped = published.listings([published.Row(2, cells)], CENTRES)
    assert len(found) + len(skipped) == 1


def test_a_byte_order_mark_and_blank_lines_do_no_harm() -> None:
    data = b"\xef\xbb\xbf" + feed.csv_bytes(feed.house()) + b"\n\n"
    assert len(published.read_listings(data, name="feed.csv")) == 1


def test_a_geo_file_with_a_bad_position_is_refused_by_row() -> None:
    with pytest.raises(BadFileError, match=r"geo\.csv, row 3"):
        published.read_centres(b'sector,coordinates\nsector 1,"1 N, 2 E"\nsector 2,nowhere\n', name="geo.csv")


def test_every_column_finds_its_place() -> None:
    (found,), skipped = _listings(feed.house())
    assert skipped == []
    assert found.position == CENTRES["sector 5"]
    assert found.values | {"search_keywords": "-"} == {
        "title": "4 Bedroom House for sale in Sector 5 Gurgaon",
        "purpose": "buy",
        "property_type": "house",
        "base_price": Decimal(52_500_000),
        "price_per_sqft": Decimal(20_115),
        "area_sqft": 2610.03,
        "area_type": "plot area",
        "bedrooms": 4,
        "bathrooms": 3,
        "balconies": 3,
        "total_floors": 2,
        "age_of_property": 5,
        "furnishing_level": "semi_furnished",
        "city": "Gurugram",
        "state": "Haryana",
        "pincode": "122001",
        "locality": "Sector 5",
        "sub_locality": "Green Acre",
        "landmark": "Lotus Hospital",
        "full_address": "12 Main Road, Sector 5 Gurgaon, Gurgaon, Haryana 122001",
        "description": "A park facing house.",
        "features": ["Park", "Fitness Centre / GYM", "Natural Light", "Pooja Room", "North-East facing"],
        "search_keywords": "-",
        "tags": ["approximate-location"],
    }
    assert found.amenities == ["Park", "Gym"]


def test_the_words_searched_for_hold_the_neighbourhood_and_not_the_facing() -> None:
    (found,), _ = _listings(feed.house())
    assert "Lotus Hospital" in found.values["search_keywords"]
    assert "facing" not in found.values["search_keywords"]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"property_id": ""}, published.NO_ID),
        ({"property_name": " "}, published.NO_TITLE),
        ({"price": ""}, published.NO_PRICE),
        ({"price": "Price on Request"}, published.ON_REQUEST),
        ({"price": "cheap"}, published.UNREADABLE),
        ({"bedRoom": "many"}, published.UNREADABLE),
        ({"features": "[1, 2]"}, published.UNREADABLE),
        ({"area": "(2 bigha) Plot Area", "areaWithType": ""}, published.UNREADABLE),
        ({"property_id": "x" * 129}, published.UNREADABLE),
    ],
)
def test_a_row_that_cannot_be_stored_says_why(cells: dict[str, str], reason: str) -> None:
    found, (skipped,) = _listings(feed.house(**cells))
    assert found == []
    assert (skipped.row, skipped.reason) == (2, reason)


def test_an_unreadable_cell_is_named() -> None:
    _, (skipped,) = _listings(feed.house(bathroom="several"))
    assert skipped.detail.startswith("bathroom: 'several'")


def test_the_first_row_of_an_id_stands_and_a_later_one_tells_how_it_differs() -> None:
    found, skipped = _listings(feed.house(), feed.house(), feed.house(price="6 Crore"))
    assert [listing.row for listing in found] == [2]
    assert [(row.row, row.reason) for row in skipped] == [(3, published.REPEATED), (4, published.REPEATED)]
    assert skipped[0].detail.endswith("the same")
    assert skipped[1].detail.endswith("differs in price")


def test_a_usable_row_stands_in_for_an_unusable_one_of_the_same_id() -> None:
    found, skipped = _listings(feed.house(price=""), feed.house())
    assert [listing.row for listing in found] == [3]
    assert [row.reason for row in skipped] == [published.NO_PRICE]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("4 Bedroom Villa for sale in Palam Vihar", "villa"),
        ("3 Bedroom Builder Floor for sale in Sector 5", "builder_floor"),
    ],
)
def test_the_title_names_the_kind_of_house(title: str, kind: str) -> None:
    (found,), _ = _listings(feed.house(property_name=title))
    assert found.values["property_type"] == kind
