"""What everybody is recommended is kept for a while, and never longer than it is true."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.discovery.services import kept_pages
from apps.properties.services import correcting, moderation
from apps.properties.services import listings as writing
from ghar.actors import Actor
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/api/v1/properties/recommendations"


@pytest.fixture
def shown(api):
    """`shown()` is the ids that nobody in particular is recommended."""

    def call():
        return {item["id"] for item in api.get(URL).json()["items"]}

    return call


def test_a_second_reader_asks_the_database_nothing(cast, api):
    make_listing(cast.owner)
    first = api.get(URL).content
    with CaptureQueriesContext(connection) as statements:
        assert api.get(URL).content == first
    assert len(statements) == 0


def test_sizes_are_kept_apart(cast, api):
    for _ in range(3):
        make_listing(cast.owner)
    assert [len(api.get(URL, {"limit": limit}).json()["items"]) for limit in (1, 2, 1, 3)] == [1, 2, 1, 3]
    assert api.get(URL, {"limit": 1, "include_total": True}).json()["total"] == 3


def test_every_way_a_listing_changes_is_seen_at_once(cast, api, shown):
    owner, admin = Actor.of(cast.owner), Actor.of(cast.admin)
    house = make_listing(cast.owner)
    assert shown() == {house.pk}
    values = {"title": "New", "property_type": "house", "purpose": "buy", "base_price": 5}
    new = writing.create_property(actor=owner, values=values)
    assert shown() == {house.pk, new.pk}
    writing.change_availability(actor=owner, property_id=new.pk, is_available=False)
    assert shown() == {house.pk}
    correcting.correct_listing(actor=admin, property_id=new.pk, changes={"is_available": True})
    assert shown() == {house.pk, new.pk}
    api.as_(cast.owner).delete(f"/api/v1/properties/{new.pk}")
    assert shown() == {house.pk}
    home = make_listing(
        cast.owner, property_type="pg", purpose="rent", listing_preferences={"moderation_status": "pending_review"}
    )
    moderation.moderate_listing(actor=admin, property_id=home.pk, action="approve")
    assert shown() == {house.pk, home.pk}
    moderation.moderate_listing(actor=admin, property_id=home.pk, action="reject")
    assert shown() == {house.pk}


def test_what_is_rolled_back_forgets_nothing(cast, api):
    house = make_listing(cast.owner)
    api.get(URL)
    before = kept_pages.system_present()
    with transaction.atomic():
        writing.update_property(actor=Actor.of(cast.owner), property_id=house.pk, changes={"title": "Other"})
        transaction.set_rollback(True)
    assert kept_pages.system_present() == before


def test_who_read_before_a_change_does_not_put_the_old_state_back(cast):
    began = kept_pages.system_present()
    kept_pages.system_forget()
    kept_pages.system_keep(began, "20:False", b"old")
    assert kept_pages.system_find(kept_pages.system_present(), "20:False") is None


def test_it_is_not_what_somebody_signed_in_gets(cast, api, shown, swipe):
    house = make_listing(cast.owner)
    assert shown() == {house.pk}
    swipe(house, False)
    assert api.as_(cast.seeker).get(URL).json()["items"] == []
    assert shown() == {house.pk}
