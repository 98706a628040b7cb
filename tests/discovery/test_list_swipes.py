"""The listings that somebody decided about, and how they decided."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.discovery.models import Swipe
from apps.discovery.serializers import SwipedPropertyOut
from tests.support.listings import CENTRE, add_images, make_listing

pytestmark = pytest.mark.django_db
URL = "/api/v1/swipes"


@pytest.fixture
def found(api, cast):
    """`found(**params)` lists the seeker's swiped listings."""

    def call(person=None, **params):
        answer = api.as_(person or cast.seeker).get(URL, params)
        assert answer.status_code == 200, answer.content
        return answer.json()

    return call


def ids(page):
    return [item["id"] for item in page["items"]]


def test_the_latest_decision_comes_first(swipe, found, cast):
    houses = [make_listing(cast.owner) for _ in range(3)]
    for house in houses:
        swipe(house)
    swipe(houses[0], False)
    page = found(include_total=True)
    assert ids(page) == [houses[0].pk, houses[2].pk, houses[1].pk]
    assert page["total"] == 3
    assert ids(found(is_liked=True)) == [houses[2].pk, houses[1].pk]
    assert ids(found(is_liked=False)) == [houses[0].pk]


def test_each_has_what_toggling_needs(swipe, found, cast):
    swipe(make_listing(cast.owner))
    (item,) = found()["items"]
    kept = Swipe.objects.get()
    assert (item["swipe_id"], item["liked"], item["is_liked"]) == (kept.pk, True, True)
    assert item["swiped_at"].startswith(kept.swiped_at.isoformat()[:19])
    assert item.keys() == SwipedPropertyOut().fields.keys()


def test_filters_of_the_search_apply(swipe, found, cast):
    near = make_listing(cast.owner, at=CENTRE, base_price=10, city="Gurugram")
    far = make_listing(cast.owner, at=(10, 10), base_price=20, city="Delhi")
    swipe(near)
    swipe(far)
    make_listing(cast.owner, at=CENTRE)
    assert ids(found(lat=CENTRE[0], lng=CENTRE[1], sort_by="distance")) == [near.pk]
    assert ids(found(city="delhi")) == [far.pk]
    assert ids(found(sort_by="price_low")) == [near.pk, far.pk]
    assert ids(found(exclude_swiped=True)) == [far.pk, near.pk]


def test_pages_follow_each_other(swipe, found, cast):
    houses = [make_listing(cast.owner) for _ in range(5)]
    for house in houses:
        swipe(house)
    seen, cursor = [], ""
    for _ in range(3):
        page = found(limit=2, cursor=cursor)
        seen += ids(page)
        cursor = page["next_cursor"]
    assert seen == [house.pk for house in reversed(houses)]
    assert cursor is None


def test_only_what_can_still_be_seen_and_only_ones_own(swipe, found, cast):
    house, gone = make_listing(cast.owner), make_listing(cast.owner)
    swipe(house, True, cast.tenant)
    swipe(gone)
    gone.is_available = False
    gone.save()
    assert ids(found()) == []
    assert ids(found(cast.tenant)) == [house.pk]


def test_a_page_takes_as_many_statements_as_a_row(swipe, found, cast):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            found()
        return len(captured)

    for number in range(3):
        house = make_listing(cast.owner)
        add_images(house, f"front {number}")
        swipe(house)
        if number == 0:
            one = statements()
    assert statements() == one


def test_how_somebody_decided(swipe, api, cast):
    stats = f"{URL}/stats"
    nothing = {"total_swipes": 0, "liked_count": 0, "disliked_count": 0, "like_percentage": 0.0}
    assert api.as_(cast.seeker).get(stats).json() == nothing
    for liked in (True, False, True):
        swipe(make_listing(cast.owner), liked)
    assert api.as_(cast.seeker).get(stats).json() == {
        "total_swipes": 3, "liked_count": 2, "disliked_count": 1, "like_percentage": 66.67,
    }  # fmt: skip
    assert api.as_(cast.stranger).get(stats).json() == nothing


def test_the_days_of_a_stay_are_ignored(swipe, found, cast):
    house = make_listing(cast.owner)
    swipe(house)
    assert ids(found(check_in="foo", check_out="2026-12-10")) == [house.pk]
    assert ids(found(check_in="2026-12-10", check_out="2026-12-01")) == [house.pk]
