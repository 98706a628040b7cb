"""Wishes are read as people write them, and nothing that they write is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.properties.rules.wishes import LONGEST, Wish, read

LAKH, CRORE = 100_000, 10_000_000


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("3 bhk under 90 lakh near sector 45", Wish("sector 45", bedrooms=3, price_max=90 * LAKH)),
        ("Show me 2BHK flats for rent in Gurgaon", Wish("", 2, None, None, "apartment", "rent", "gurgaon")),
        ("villa above 1.5 cr", Wish("", price_min=1.5 * CRORE, property_type="villa")),
        ("50-80 lakh plots", Wish("", price_min=50 * LAKH, price_max=80 * LAKH, property_type="plot")),
        ("between 1 crore and 2 crore", Wish("", price_min=CRORE, price_max=2 * CRORE)),
        ("80 lakh to 1.2 cr", Wish("", price_min=80 * LAKH, price_max=1.2 * CRORE)),
        ("rent below 25k", Wish("", price_max=25_000, purpose="rent")),
        ("house under ₹ 75,00,000", Wish("", price_max=7_500_000, property_type="house")),
        ("builder floor on sale in new delhi", Wish(property_type="builder_floor", purpose="buy", city="new delhi")),
        ("short stay near golf course road", Wish("golf course road", purpose="short_stay")),
        ("2-3 bhk", Wish("2", bedrooms=3)),
        ("4 bedroom penthouse at least 3 crores", Wish("", 4, price_min=3 * CRORE, property_type="penthouse")),
        ("", Wish()),
    ],
)  # fmt: skip
def test_a_wish_is_understood(words, wish):
    assert read(words) == wish


@given(st.text(max_size=2 * LONGEST))
def test_no_text_is_refused(words):
    wish = read(words)
    assert len(wish.text) <= 2 * LONGEST
    assert all(price is None or 0 <= price <= 1e9 for price in (wish.price_min, wish.price_max))


@given(rooms=st.integers(1, 12), lakhs=st.integers(1, 999), sector=st.integers(1, 115))
def test_the_parts_of_a_wish_do_not_mix(rooms, lakhs, sector):
    wish = read(f"{rooms} bhk under {lakhs} lakh near sector {sector}")
    assert wish == Wish(f"sector {sector}", bedrooms=rooms, price_max=lakhs * LAKH)
