"""Preferences that were stored before they were checked are shown as what clients are promised, or not at all."""

from importlib import import_module

import pytest
from django.db import connection

from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db

kinds = import_module("apps.properties.migrations.0012_preferences_of_their_kind")

WRONG = {
    "society_amenities": "pool", "society_type": 5, "society_vibe_tags": [1, {"a": 2}], "food_habits": {"a": 1},
    "pets": [1], "video_tour_url": "javascript:alert(1)", "gender_preference": True,
}  # fmt: skip
RIGHT = {
    "society_amenities": ["pool"], "society_type": "gated", "society_vibe_tags": [], "food_habits": None, "pets": "no",
    "video_tour_url": "Https://a.example/tour", "moderation_status": "live", "cats": [1, {"a": 2}],
}  # fmt: skip


def test_what_is_of_another_kind_is_gone_and_the_rest_stays(api, cast):
    wrong = make_listing(cast.owner, listing_preferences={**WRONG, "cats": 3})
    right = make_listing(cast.owner, listing_preferences=RIGHT)
    with connection.cursor() as cursor:
        cursor.execute(kinds.CLEAR)
        assert cursor.rowcount == 1
    shown = {item["id"]: item for item in api.get("/api/v1/properties").json()["items"]}
    assert shown[wrong.pk]["listing_preferences"] == {"cats": 3}
    assert (shown[wrong.pk]["society_amenities"], shown[wrong.pk]["society_type"]) == (None, None)
    assert shown[right.pk]["listing_preferences"] == RIGHT
