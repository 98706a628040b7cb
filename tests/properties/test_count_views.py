"""How often a listing is looked at is counted, in batches."""

import pytest
from django.core.management import call_command

from apps.properties.services import counting
from ghar import redis_line, shared_redis
from tests.support.at_once import at_once
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db(transaction=True)


def views(listing):
    redis_line.command("PING")  # answered after what was sent before
    call_command("run_job", "properties.store_views")
    listing.refresh_from_db()
    return listing.view_count


def test_people_are_counted_and_machines_are_not(cast, api):
    house, other = make_listing(cast.owner), make_listing(cast.owner)
    touched = house.updated_at
    for agent in ("Mozilla/5.0", "", "Googlebot/2.1", "WhatsApp/2.2", "facebookexternalhit/1.1"):
        api.get(f"/api/v1/properties/{house.pk}", HTTP_USER_AGENT=agent)
    api.as_(cast.seeker).get(f"/api/v1/properties/{other.pk}")
    assert (views(house), views(other)) == (2, 1)
    assert house.updated_at == touched


def test_what_is_counted_at_once_is_all_there(cast):
    house = make_listing(cast.owner)

    def look():
        counting.system_count_view(house.pk, "Mozilla/5.0")
        redis_line.command("PING")

    at_once([look] * 12 + [counting.system_store_views] * 4)
    assert views(house) == 12


def test_without_redis_a_listing_is_still_shown(cast, api, settings):
    house = make_listing(cast.owner)
    shared_redis.rest_redis(ConnectionError("away"))
    assert api.get(f"/api/v1/properties/{house.pk}").status_code == 200


def test_a_deleted_listing_takes_its_count_along(cast, api):
    house = make_listing(cast.owner)
    api.get(f"/api/v1/properties/{house.pk}")
    redis_line.command("PING")
    house.delete()
    assert counting.system_store_views() == 1
    assert counting.system_store_views() == 0
