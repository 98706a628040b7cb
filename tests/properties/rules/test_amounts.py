"""Printed money and areas: what is meant by them, there and back, and no surprise for any text."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.properties.rules import amounts
from apps.properties.rules.cells import UnreadableError

PAISA = Decimal("0.01")
units = st.sampled_from([("Crore", 10_000_000), ("Lac", 100_000), ("k", 1_000), ("", 1)])


@pytest.mark.parametrize(
    ("text", "rupees"),
    [
        ("5.25 Crore", 52_500_000),
        ("85 Lac", 8_500_000),
        ("1 Crore", 10_000_000),
        ("47.5 lakhs", 4_750_000),
        ("₹ 20,115", 20_115),
        ("Rs. 1,40,000/-", 140_000),
        ("75k", 75_000),
        (" 2.1 cr ", 21_000_000),
    ],
)
def test_money_is_read_as_it_is_spoken_in_india(text: str, rupees: int) -> None:
    assert amounts.rupees(text) == Decimal(rupees)


@pytest.mark.parametrize(
    "text", ["", "Price on Request", "five crore", "-3 Lac", "0 Lac", "1e9", "NaN", "99999 Crore", "1 Lac 2", "٣ Lac"]
)
def test_what_is_no_amount_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UnreadableError):
        amounts.rupees(text)


@given(number=st.decimals("0.01", "999.99", places=2), unit=units)
def test_money_comes_back_from_its_printed_form(number: Decimal, unit: tuple[str, int]) -> None:
    word, scale = unit
    assert amounts.rupees(f"{number} {word}") == (number * scale).quantize(PAISA)


@given(st.integers(min_value=1, max_value=9_999_999_999))
def test_grouping_by_commas_changes_nothing(number: int) -> None:
    assert amounts.rupees(f"₹ {number:,}") == number


@pytest.mark.parametrize(
    ("text", "square_feet"),
    [
        ("242.48 sq.m.", "2610.03"),
        ("1 sq. yards", "9"),
        ("275 gaj", "2475"),
        ("1,200 sq.ft.", "1200"),
        ("1 acre", "43560"),
        ("1 kanal", "5445"),
        ("10 Marla", "2722.5"),
        ("467-681 sq.m.", "5026.75"),
        ("0.5 hectare", "53819.55"),
    ],
)
def test_every_unit_becomes_square_feet(text: str, square_feet: str) -> None:
    assert amounts.square_feet(text) == Decimal(square_feet)


@pytest.mark.parametrize("text", ["2 bigha", "12 cubits", "sq.m.", "0 sq.m.", "-5 sq.m.", "99999999999 acre", ""])
def test_an_area_without_one_meaning_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        amounts.square_feet(text)


@given(
    st.decimals("0.01", "9999", places=2), st.sampled_from(["sq.ft.", "sq.m.", "sq.yards", "acre", "kanal", "marla"])
)
def test_an_area_comes_back_from_its_square_feet(number: Decimal, unit: str) -> None:
    assert amounts.square_feet(f"{amounts.square_feet(f'{number} {unit}')} sq.ft.") == amounts.square_feet(
        f"{number} {unit}"
    )


def test_the_closer_figure_of_the_same_basis_is_taken() -> None:
    breakdown = "Plot area 290(242.48 sq.m.)Built Up area: 200 sq.yards (167.23 sq.m.)"
    assert amounts.published_area("(242 sq.m.) Plot Area", breakdown) == (Decimal("2610.03"), "plot")
    assert amounts.published_area("(167 sq.m.) Built-up Area", breakdown) == (Decimal("1800.05"), "built-up")
    assert amounts.published_area("(160 sq.m.) Plot Area", "Plot area 160") == (Decimal("1722.23"), "plot")
    assert amounts.published_area("", "") is None


def test_a_rate_is_rupees_for_one_square_foot() -> None:
    assert amounts.rupees_a_sqft("₹ 20,115/sq.ft.") == Decimal(20_115)
    assert amounts.rupees_a_sqft("₹ 900/sq.yd.") == Decimal(100)
    assert amounts.rupees_a_sqft("") is None
    with pytest.raises(UnreadableError):
        amounts.rupees_a_sqft("₹ 900")


@given(st.text())
def test_no_text_ends_otherwise_than_in_a_value_or_unreadable(text: str) -> None:
    for reader in (amounts.rupees, amounts.rupees_a_sqft, amounts.square_feet):
        try:
            value = reader(text)
        except UnreadableError:
            continue
        assert value is None or value > 0


@given(headline=st.text(), breakdown=st.text())
def test_no_pair_of_texts_breaks_the_area(headline: str, breakdown: str) -> None:
    with contextlib.suppress(UnreadableError):
        amounts.published_area(headline, breakdown)
