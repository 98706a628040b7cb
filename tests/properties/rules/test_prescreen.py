"""The first look at a shared home."""

import pytest

from apps.properties.rules import prescreen

GOOD = {
    "title": "Room near the metro", "description": "Bright", "city": "Gurugram", "locality": "Sector 45",
    "sub_locality": "Greens", "bedrooms": 2, "bathrooms": 1, "monthly_rent": 15_000, "base_price": 15_000,
}  # fmt: skip
OWN = {"gender_preference": "any", "sharing_type": "private_room"}


def codes(listing, own=None, photos=2):
    return [flag.code for flag in prescreen.flags(listing, OWN if own is None else own, photos)]


def test_nothing_to_look_at():
    assert codes(GOOD) == []
    assert prescreen.record([], 2, "now")["ai_prescreen_result"] == "clear"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": "Escort service"}, "adult_content"),
        ({"description": "GANJA allowed"}, "illegal_substances"),
        ({"features": ["Casino next door"]}, "commercial_spam"),
        ({"tags": ["click here"]}, "off_platform_spam"),
        ({"city": None}, "missing_key_field"),
        ({"bedrooms": None}, "missing_key_field"),
        ({"monthly_rent": 1_000_000}, "suspicious_pricing"),
        ({"monthly_rent": None, "base_price": 0}, "suspicious_pricing"),
    ],
)
def test_what_is_flagged(change, code):
    assert codes({**GOOD, **change}) == [code]


def test_words_inside_words_are_none():
    assert codes({**GOOD, "title": "Escorted to the encryption lab"}) == []


def test_few_pictures_and_no_preferences():
    assert codes(GOOD, {}, 1) == ["missing_photos", "missing_key_field", "missing_key_field"]


def test_the_reason_names_three_and_counts_the_rest():
    found = prescreen.flags({}, {}, 0)
    assert prescreen.record(found, 0, "now")["ai_prescreen_reason"].endswith(f"; {len(found) - 3} more")
