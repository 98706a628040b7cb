"""Shared homes that nobody touched are paused by the clock, and put live again by their owners."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from apps.properties.models import Property
from ghar import clock
from tests.support import follow_ups
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db(transaction=True)


def aged(owner, days, **fields):
    listing = make_listing(owner, **{"property_type": "pg", "purpose": "rent", "monthly_rent": 9000, **fields})
    moment = clock.now() - timedelta(days=days)
    Property.objects.filter(pk=listing.pk).update(created_at=moment, updated_at=moment)
    return listing


def test_only_the_old_shared_ones(cast, api):
    old, house = aged(cast.owner, 61), aged(cast.owner, 61, property_type="house")
    young, waiting = aged(cast.owner, 59), aged(cast.owner, 61, listing_preferences={"moderation_status": "rejected"})
    call_command("run_job", "properties.pause_stale_listings")
    follow_ups.carry_out()
    for listing in (old, house, young, waiting):
        listing.refresh_from_db()
    assert [one.is_live for one in (old, house, young, waiting)] == [False, True, True, False]
    assert old.listing_preferences["auto_paused_reason"] == "stale_listing"
    assert waiting.listing_preferences == {"moderation_status": "rejected"}
    (told,) = api.as_(cast.owner).get("/api/v1/notifications").json()["items"]
    assert (told["type"], told["data"]) == ("listing_paused", {"property_id": old.pk})


def test_a_renewed_one_stays_live(cast, api):
    old = aged(cast.owner, 61)
    call_command("run_job", "properties.pause_stale_listings")
    body = api.as_(cast.owner).post(f"/api/v1/properties/{old.pk}/renew").json()
    assert (body["is_available"], body["listing_preferences"]["moderation_status"]) == (True, "live")
    assert "auto_paused_reason" not in body["listing_preferences"]
    call_command("run_job", "properties.pause_stale_listings")
    assert api.get(f"/api/v1/properties/{old.pk}").status_code == 200


def test_looking_at_it_does_not_renew_it(cast, api):
    old = aged(cast.owner, 61)
    api.get(f"/api/v1/properties/{old.pk}")
    call_command("run_job", "properties.store_views")
    call_command("run_job", "properties.pause_stale_listings")
    old.refresh_from_db()
    assert (old.view_count, old.is_live) == (1, False)


def test_renewing_is_for_those_who_may_write(cast, api):
    house = make_listing(cast.owner)
    before = Property.objects.get(pk=house.pk).updated_at
    assert api.as_(cast.stranger).post(f"/api/v1/properties/{house.pk}/renew").status_code == 403
    assert api.as_(cast.owner).post(f"/api/v1/properties/{house.pk}/renew").status_code == 200
    assert Property.objects.get(pk=house.pk).updated_at > before
