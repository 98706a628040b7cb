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


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"is_available": True}, "live"),
        ({"is_available": False}, "paused"),
        ({"listing_preferences": {"moderation_status": "paused", "pets": "no"}}, "paused"),
        ({"listing_preferences": {"moderation_status": "rejected"}}, None),
        ({"listing_preferences": {"moderation_status": "live"}, "title": "New"}, None),
        ({"is_available": True, "title": "New"}, None),
        ({"listing_preferences": None}, None),
        ({}, None),
    ],
)
def test_the_owners_switch(changes, status):
    assert preferences.status_alone(changes) == status
