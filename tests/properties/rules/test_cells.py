"""Single cells of a feed: counts, lists, ages, furnishing."""

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.properties.rules import cells

READERS = (cells.count, cells.floors, cells.age_in_years, cells.texts, cells.names, cells.society, cells.furniture)
lines = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))).map(lambda text: " ".join(text.split()))


@pytest.mark.parametrize(
    ("text", "number"),
    [("5 Bedrooms", 5), ("1 Balcony", 1), ("3+ Balconies", 3), ("No Balcony", 0), ("02 Floors", 2), ("", None)],
)
def test_counts_are_read(text: str, number: int | None) -> None:
    assert cells.count(text) == number


@pytest.mark.parametrize("text", ["many", "-1 Floors", "1000 Floors", "3.5 Bathrooms", "3 4", "٣ Floors"])
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(cells.UnreadableError, match=re.escape(text)):
        cells.count(text)


def test_no_storey_at_all_means_that_nobody_said() -> None:
    assert cells.floors("0 Floors") is None
    assert cells.floors("3 Floors") == 3


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("0 to 1 Year Old", 0),
        ("5 to 10 Year Old", 5),
        ("10+ Year Old", 10),
        ("undefined", None),
        ("", None),
        ("Within 6 months", None),
        ("Dec 2024", None),
        ("By 2027", None),
        ("Under Construction", None),
    ],
)
def test_the_age_is_the_least_that_was_published(text: str, years: int | None) -> None:
    assert cells.age_in_years(text) == years


@given(st.lists(lines, max_size=20))
def test_a_list_comes_back_from_its_printed_form(items: list[str]) -> None:
    kept = cells.texts(repr(items))
    assert {item.casefold() for item in kept} == {item.casefold() for item in items if item}
    assert cells.texts(repr(kept)) == kept


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').getcwd()",
        "['a', 1]",
        "['a'",
        "{'a': 'b'}",
        "[" * 5000,
        "-" * 15_000 + "1",
        "['" + "x" * 20_001 + "']",
        repr(["a"] * 501),
        r"['nul \x00']",
        r"['half \ud800']",
    ],
)
def test_a_list_is_literal_texts_and_nothing_else(text: str) -> None:
    with pytest.raises(cells.UnreadableError):
        cells.texts(text)


def test_a_society_loses_the_rating_behind_its_name() -> None:
    assert cells.society("Malibu Town4.0 ★") == "Malibu Town"
    assert cells.society("Nirvana Country 2") == "Nirvana Country 2"
    assert cells.society("Not Applicable") is None


def test_rooms_are_named_without_the_word_others() -> None:
    assert cells.names("Pooja Room,Servant Room,Others") == ["Pooja Room", "Servant Room"]


@pytest.mark.parametrize(
    ("pieces", "level"),
    [
        ([], None),
        (["3 Fan", "8 Light", "No Bed"], "unfurnished"),
        (["No Fan", "No Bed"], "unfurnished"),
        (["3 Fan", "4 Wardrobe"], "semi_furnished"),
        (["2 Bed", "2 AC"], "semi_furnished"),
        (["2 Bed", "1 Sofa", "2 AC"], "furnished"),
    ],
)
def test_the_furnishing_level_follows_from_the_pieces(pieces: list[str], level: str | None) -> None:
    assert cells.furnishing_level(cells.furniture(repr(pieces) if pieces else "")) == level


@given(st.text())
def test_no_text_ends_otherwise_than_in_a_value_or_unreadable(text: str) -> None:
    for reader in READERS:
        with contextlib.suppress(cells.UnreadableError):
            reader(text)
