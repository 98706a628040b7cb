"""Wishes are read as people write them, and nothing that they write is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.properties.rules.wishes import read
from apps.properties.rules.words import LONGEST
from apps.properties.serializers.listings import PropertySearchIn
from ghar.api import parsing

LAKH, CRORE = 100_000, 10_000_000


def rooms(number):
    return {"bedrooms_min": number, "bedrooms_max": number}


CASES = [
    ("3 bhk under 90 lakh", rooms(3) | {"price_max": 90 * LAKH}),
    ("Show me 2BHK flats for rent", rooms(2) | {"property_type": ["apartment"], "purpose": "rent"}),
    ("villa above 1.5 cr", {"price_min": 1.5 * CRORE, "property_type": ["villa"]}),
    ("50-80 lakh plots", {"price_min": 50 * LAKH, "price_max": 80 * LAKH, "property_type": ["plot"]}),
    ("between 1 crore and 2 crore", {"price_min": CRORE, "price_max": 2 * CRORE}),
    ("80 lakh to 1.2 cr", {"price_min": 80 * LAKH, "price_max": 1.2 * CRORE}),
    ("25k-35k", {"price_min": 25_000, "price_max": 35_000}),
    ("80 lakh se 1 cr", {"price_min": 80 * LAKH, "price_max": CRORE}),
    ("rent below 25k", {"price_max": 25_000, "purpose": "rent"}),
    ("rent 20000 to 30000", {"price_min": 20_000, "price_max": 30_000, "purpose": "rent"}),
    ("house under ₹ 75,00,000", {"price_max": 7_500_000, "property_type": ["house"]}),
    ("90 lakh", {"price_max": 90 * LAKH}),
    ("1.2 cr", {"price_max": 1.2 * CRORE}),
    ("30k", {"price_max": 30_000}),
    ("30k tak", {"price_max": 30_000}),
    ("90 lakh se kam", {"price_max": 90 * LAKH}),
    ("50 lakh se zyada", {"price_min": 50 * LAKH}),
    ("around 1 cr", {"price_min": 85 * LAKH, "price_max": 115 * LAKH}),
    ("₹50,000", {"price_max": 50_000}),
    ("house under 5 years old", {"age_max": 5, "property_type": ["house"]}),
    ("builder floor on sale", {"property_type": ["builder_floor"], "purpose": "buy"}),
    ("house/villa", {"property_type": ["villa", "house"]}),
    ("studio apartment", {"property_type": ["studio"]}),
    ("flat near my office", {"property_type": ["apartment"]}),
    ("short stay", {"purpose": "short_stay"}),
    ("2-3 bhk", {"bedrooms_min": 2, "bedrooms_max": 3}),
    ("3+ BHK", {"bedrooms_min": 3}),
    ("at least 2 bedrooms", {"bedrooms_min": 2}),
    ("two bedroom", rooms(2)),
    ("less than 3 bhk", {"bedrooms_max": 2}),
    ("under 3 bedrooms", {"bedrooms_max": 2}),
    ("more than 3 bhk", {"bedrooms_min": 4}),
    ("above 3bhk", {"bedrooms_min": 4}),
    ("over 3 bhk", {"bedrooms_min": 4}),
    ("3bhk+", {"bedrooms_min": 3}),
    ("3 bedrooms+ villa", {"bedrooms_min": 3, "property_type": ["villa"]}),
    ("2bhk or 3bhk", {"bedrooms_min": 2, "bedrooms_max": 3}),
    ("2bhk/3bhk", {"bedrooms_min": 2, "bedrooms_max": 3}),
    ("2/3 bhk", {"bedrooms_min": 2, "bedrooms_max": 3}),
    ("2 bhk or 3 bhk or 4 bhk", {"bedrooms_min": 2, "bedrooms_max": 4}),
    ("3 बेडरूम", rooms(3)),
    ("तीन बेडरूम", rooms(3)),
    ("तीन बीएचके", rooms(3)),
    ("3बीएचके", rooms(3)),
    ("teen bhk", rooms(3)),
    ("do bhk", rooms(2)),
    ("do you have a flat", {"property_type": ["apartment"]}),
    ("1 crore 20 lakh", {"price_max": 12_000_000}),
    ("above 2 lakh 50 thousand", {"price_min": 250_000}),
    ("one crore", {"price_max": CRORE}),
    ("under one crore", {"price_max": CRORE}),
    ("ek crore", {"price_max": CRORE}),
    ("1cr+", {"price_min": CRORE}),
    ("rent 1 lakh per month flat", {"price_max": LAKH, "purpose": "rent", "property_type": ["apartment"]}),
    ("rent 1 lakh a month", {"price_max": LAKH, "purpose": "rent"}),
    ("monthly rent 25k pm", {"price_max": 25_000, "purpose": "rent"}),
    ("2 bhk ₹25,000/month", rooms(2) | {"price_max": 25_000, "purpose": "rent"}),
    ("2bhk 25000", rooms(2) | {"price_max": 25_000}),
    ("2 bhk rent 25000", rooms(2) | {"price_max": 25_000, "purpose": "rent"}),
    ("rent 25,000", {"price_max": 25_000, "purpose": "rent"}),
    ("25000 flat", {"price_max": 25_000, "property_type": ["apartment"]}),
    ("flat 25000 rupees", {"price_max": 25_000, "property_type": ["apartment"]}),
    ("rent 150000", {"price_max": 150_000, "purpose": "rent"}),
    ("3 bed 2 bath 1 parking", rooms(3) | {"bathrooms_min": 2, "parking_spaces_min": 1}),
    ("with parking", {"parking_spaces_min": 1}),
    ("a lift", {"has_lift": True}),
    ("pets allowed", {"amenities": ["Pet Friendly"]}),
    ("semi-furnished", {"furnishing": ["semi_furnished"]}),
    ("fully furnished", {"furnishing": ["furnished"]}),
    ("unfurnished", {"furnishing": ["unfurnished"]}),
    ("ground floor", {"floor_number_min": 0, "floor_number_max": 0}),
    ("not on the ground floor", {"floor_number_min": 1}),
    ("ground floor nahi chahiye", {"floor_number_min": 1}),
    ("भूतल नहीं चाहिए", {"floor_number_min": 1}),
    ("dog friendly apartment", {"amenities": ["Pet Friendly"], "property_type": ["apartment"]}),
    ("कुत्ता allowed", {"amenities": ["Pet Friendly"]}),
    ("3rd floor", {"floor_number_min": 3, "floor_number_max": 3}),
    ("pg for girls", {"gender_preference": "female", "property_type": ["pg"]}),
    (
        "double sharing pg for boys",
        {"gender_preference": "male", "sharing_type": "shared_room", "property_type": ["pg"]},
    ),
    ("private room", {"sharing_type": "private_room"}),
    ("for 4 guests", {"guests": 4}),
    ("1500-2000 sq ft", {"area_min": 1500, "area_max": 2000}),
    ("above 200 gaj", {"area_min": 1800}),
    ("10 minutes from", {}),
    ("", {}),
]


@pytest.mark.parametrize(("words", "filters"), CASES, ids=[words for words, _ in CASES])
def test_filters_are_understood_and_nothing_is_left_over(words, filters):
    wish = read(words)
    assert wish.filters == filters
    assert wish.text in ("", "office")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("2 bhk 2026", "2026"),
        ("2 bhk 9500", "9500"),
        ("flat 122001", "122001"),
        ("flat 9876543210", "9876543210"),
        ("flat 98765 43210", "98765 43210"),
        ("house 12/24", "12 24"),
        ("25000", "25000"),
        ("24/7 security", "24 7 security"),
    ],
)
def test_other_numbers_are_no_prices(words, text):
    wish = read(words)
    assert not wish.filters.keys() & {"price_min", "price_max"}
    assert wish.text == text


@pytest.mark.parametrize(
    ("words", "city", "localities", "text"),
    [
        ("3 bhk near sector 45 in Gurgaon", "gurgaon", ["sector 45"], ""),
        ("sec-45", None, ["sector 45"], ""),
        ("sec45", None, ["sector 45"], ""),
        ("sector 70A", None, ["sector 70a"], ""),
        ("DLF 3", None, ["dlf phase 3"], ""),
        ("dlf ph 3", None, ["dlf phase 3"], ""),
        ("DLF Phase III", None, ["dlf phase 3"], ""),
        ("sector 2, 3 bhk", None, ["sector 2"], ""),
        ("sector 45 or sector 46", None, ["sector 45", "sector 46"], ""),
        ("short stay near golf course road", None, [], "golf course road"),
        ("house on delhi gurgaon expressway", None, [], "delhi gurgaon expressway"),
        ("new delhi", "new delhi", [], ""),
        ("park facing", None, [], "park facing"),
        ("no brokerage, quiet", None, [], "brokerage quiet"),
        ("home office with broadband", None, [], "office broadband"),
        ("society with a gym, walking distance to metro", None, [], "gym metro"),
        ("सुशांत लोक में", None, [], "sushant lok"),
    ],
)
def test_places_are_told_from_other_words(words, city, localities, text):
    wish = read(words)
    assert (wish.city, [place.name for place in wish.localities], wish.text) == (city, localities, text)


@pytest.mark.parametrize(
    ("hindi", "english"),
    [
        ("सेक्टर ४५ में किराये पर दो कमरे का मकान", "2 bedroom house for rent in sector 45"),
        ("kiraye par 2 kamre ka makaan sector 45 mein", "2 bedroom house for rent in sector 45"),
        ("gurgaon mein zameen bechne ke liye", "plot for sale in gurgaon"),
        ("गुड़गांव में दुकान 50 लाख तक", "shop under 50 lakh in gurgaon"),
        ("गुड़गाँव में दुकान 50 लाख से कम", "shop under 50 lakh in gurgaon"),
        ("ladki ke liye pg, 12 hazaar tak", "pg for girls under 12 thousand"),
        ("teen kamre ka flat kharidna hai", "3 bedroom flat to buy"),
    ],
)
def test_hindi_and_hinglish_mean_the_same_as_english(hindi, english):
    said, meant = read(hindi), read(english)
    assert (said.filters, said.city, said.localities, said.text) == (
        meant.filters,
        meant.city,
        meant.localities,
        meant.text,
    )


@pytest.mark.parametrize(
    ("words", "unfinished"),
    [("park fac", "fac"), ("pa", None), ("park 45", None), ("park 3 bhk", None), ("metro rasoi", None), ("gym", None)],
)
def test_the_last_word_may_be_unfinished(words, unfinished):
    assert read(words).unfinished == unfinished


def test_a_type_beside_another_word_may_be_a_name():
    assert read("kesar villas 3 bhk").names == ("kesar villas",)
    assert read("villa near a lake").names == ()


@given(st.text(max_size=2 * LONGEST))
def test_no_text_is_refused(words):
    read(words)


_PIECES = [
    "3 bhk", "2-3 bhk", "99 bhk", "under 90 lakh", "above 2 cr", "5 cr to 1 cr", "99999999999 crore", "0 lakh",
    "around 900 crore", "rs 0", "99 bathrooms", "55 parking", "ground floor", "not ground floor", "99th floor",
    "sector 45", "dlf 3", "gurgaon", "for 99 guests", "9999999 gaj", "200 sqft", "200-100 sqft", "किराये पर",
    "दो कमरे", "less than 0 bhk", "more than 20 bhk", "2/3", "25000", "1 crore 20 lakh", "not", "nahi",
    "tak", "se kam", "villa", "plots", "under 99 years old", "-", "+", ",", ".", "'", "🏠", "\u202e", "٣ bhk",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=8))
def test_whatever_is_understood_is_a_valid_search(pieces):
    filters = read(" ".join(pieces)).filters
    assert parsing.arguments(PropertySearchIn, filters).items() >= filters.items()


@given(number=st.integers(1, 12), lakhs=st.integers(1, 999), sector=st.integers(1, 115))
def test_the_parts_of_a_wish_do_not_mix(number, lakhs, sector):
    wish = read(f"{number} bhk under {lakhs} lakh near sector {sector}")
    assert wish.filters == rooms(number) | {"price_max": lakhs * LAKH}
    assert ([place.name for place in wish.localities], wish.text) == ([f"sector {sector}"], "")
