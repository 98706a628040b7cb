"""Owners boost a listing: for a day it comes before others that are liked as much, once a week."""

from datetime import timedelta

import pytest

from apps.properties.models import Property
from ghar import clock
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(cast):
    return make_listing(cast.owner, title="Boosted house")


def boost(api, person, listing):
    return api.as_(person).post(f"/api/v1/properties/{listing.pk}/boost")


def end_boost(listing, ago):
    row = Property.objects.get(pk=listing.pk)
    until = (clock.now() - ago).isoformat()
    Property.objects.filter(pk=listing.pk).update(
        listing_preferences=row.listing_preferences | {"boosted_until": until}
    )


def first(client):
    return client.get("/api/v1/properties/recommendations").json()["items"][0]["title"]


def test_it_comes_first_among_equals_and_says_until_when(api, cast, listing):
    for number in range(3):
        make_listing(cast.tenant, title=f"House {number}", like_count=number)
    assert first(api.as_(cast.seeker)) == "House 2"
    preferences = boost(api, cast.owner, listing).json()["listing_preferences"]
    assert preferences["boosted_until"] > clock.now().isoformat()
    assert first(api.as_(cast.seeker)) == "Boosted house"
    assert first(api) == "Boosted house"


def test_it_ends_after_a_day(api, cast, listing):
    make_listing(cast.tenant, title="Popular house", like_count=5)
    boost(api, cast.owner, listing)
    end_boost(listing, timedelta(seconds=1))
    assert first(api.as_(cast.seeker)) == "Popular house"


def test_the_same_again_changes_nothing(api, cast, listing):
    answers = [boost(api, cast.owner, listing).json()["listing_preferences"]["boosted_until"] for _ in range(2)]
    assert answers[0] == answers[1]


def test_once_a_week(api, cast, listing):
    boost(api, cast.owner, listing)
    end_boost(listing, timedelta(days=5))
    refused = boost(api, cast.owner, listing)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "BOOSTED_LATELY")
    assert refused.json()["error"]["details"]["again_at"] > clock.now().isoformat()
    end_boost(listing, timedelta(days=6, seconds=1))
    assert boost(api, cast.owner, listing).status_code == 200


@pytest.mark.parametrize("fields", [{"is_available": False}, {"property_type": "pg", "purpose": "rent"}])
def test_what_nobody_finds_is_not_boosted(api, cast, fields):
    hidden = make_listing(cast.owner, listing_preferences={"moderation_status": "pending_review"}, **fields)
    refused = boost(api, cast.owner, hidden)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "LISTING_NOT_OPEN")


def test_only_those_who_may_write_it(api, cast, listing):
    assert boost(api, cast.stranger, listing).status_code == 403
    assert boost(api, cast.admin, listing).status_code == 200


def test_nobody_boosts_by_writing_so(api, cast, listing):
    body = {"listing_preferences": {"boosted_until": "2999-01-01T00:00:00+00:00"}}
    api.as_(cast.owner).put(f"/api/v1/properties/{listing.pk}", body)
    assert "boosted_until" not in Property.objects.get(pk=listing.pk).listing_preferences
