"""Who writes what into a listing's preferences."""

import pytest

from apps.properties.rules import preferences

STORED = {"pets": "no", "moderation_status": "live", "verification": {"is_verified": True}}


@pytest.mark.parametrize(
    ("given", "flat", "replaces", "may_moderate", "result"),
    [
        ({"food_habits": "veg"}, {}, False, False, {**STORED, "food_habits": "veg"}),
        ({"food_habits": "veg"}, {}, True, False,
         {"food_habits": "veg", "moderation_status": "live", "verification": {"is_verified": True}}),
        ({"moderation_status": "rejected"}, {}, False, False, STORED),
        ({"moderation_status": "rejected"}, {}, False, True, {**STORED, "moderation_status": "rejected"}),
        ({"verification": None, "boosted_until": "2100"}, {}, False, True, STORED),
        (None, {"sharing_type": "shared_room"}, True, False, {**STORED, "sharing_type": "shared_room"}),
    ],
)  # fmt: skip
def test_what_is_kept(given, flat, replaces, may_moderate, result):
    assert preferences.merged(STORED, given, flat, replaces=replaces, may_moderate=may_moderate) == result


PAUSED = {"moderation_status": "paused", "pets": "no"}


@pytest.mark.parametrize(
    ("changes", "status", "beside"),
    [
        ({"is_available": True}, "live", False),
        ({"is_available": False}, "paused", False),
        ({"is_available": None}, None, True),
        ({"listing_preferences": PAUSED}, "paused", True),
        ({"listing_preferences": PAUSED, "title": "New"}, "paused", True),
        ({"listing_preferences": {"moderation_status": "rejected"}}, None, True),
        ({"is_available": True, "title": "New"}, None, True),
        ({"listing_preferences": None}, None, True),
        ({}, None, True),
    ],
)
def test_the_owners_switch(changes, status, beside):
    assert preferences.switched(changes) == (status, changes if beside else {})


@pytest.mark.parametrize(
    ("would_be", "differ"),
    [
        (STORED, False),
        ({**STORED, "food_habits": None}, False),
        ({**STORED, "food_habits": "veg"}, True),
        ({**STORED, "pets": None}, True),
        ({}, True),
    ],
)
def test_a_key_that_is_null_says_nothing(would_be, differ):
    assert preferences.differ(STORED, would_be) is differ
