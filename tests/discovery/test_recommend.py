"""What people are recommended."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.discovery.rules import mixing
from apps.discovery.serializers import RecommendedPropertyOut
from apps.discovery.services import saved_searches
from ghar import shared_redis
from ghar.actors import Actor
from ghar.shared_redis import redis_client
from tests.support.listings import add_images, make_listing
from tests.support.visits import make_visit

pytestmark = pytest.mark.django_db
URL = "/api/v1/properties/recommendations"


@pytest.fixture
def page(api, cast):
    """`page(client=the seeker's, **params)` is a page of recommendations."""

    def call(client=None, **params):
        answer = (client or api.as_(cast.seeker)).get(URL, params)
        assert answer.status_code == 200, answer.content
        return answer.json()

    return call


def ids(found):
    return [item["id"] for item in found["items"]]


def test_it_is_like_what_was_liked_and_says_so(page, swipe, cast):
    make_listing(cast.owner, city="Delhi", locality="Saket", property_type="plot", like_count=9)
    liked = make_listing(cast.owner, title="Sunny house", locality="Sector 45")
    alike = make_listing(cast.owner, locality="Sector 45")
    swipe(liked)
    first, second = page()["items"]
    assert (first["id"], first["recommendation_reason"]) == (alike.pk, "Because you liked Sunny house")
    assert (first["because_of_property_id"], first["recommendation_place"]) == (liked.pk, 1)
    assert (second["recommendation_reason"], second["because_of_property_id"]) == ("Popular right now", None)
    assert first.keys() == RecommendedPropertyOut().fields.keys()


def test_nothing_that_was_decided_about_or_is_ones_own(page, swipe, cast, api):
    passed, liked, own = make_listing(cast.owner), make_listing(cast.owner), make_listing(cast.seeker)
    new, taken = make_listing(cast.owner), make_listing(cast.owner, is_available=False)
    swipe(passed, False)
    swipe(liked)
    assert ids(page()) == [new.pk]
    everything = {passed.pk, liked.pk, own.pk, new.pk}
    assert set(ids(page(api))) == everything - {taken.pk}


def test_search_preferences_count_as_well(page, cast):
    cast.seeker.preferences = {"property_type": ["villa"], "purpose": "buy"}
    cast.seeker.save()
    make_listing(cast.owner, like_count=9)
    villa = make_listing(cast.owner, property_type="villa")
    first = page()["items"][0]
    assert (first["id"], first["recommendation_reason"]) == (villa.pk, "Matches your search preferences")


def test_visits_and_saved_searches_count_as_well(page, cast):
    seen = make_listing(cast.owner, title="Seen house", city="Pune", locality="Baner", purpose="rent")
    make_visit(cast.seeker, seen)
    called_off = make_listing(cast.owner, city="Jaipur", locality="Mansarovar")
    make_visit(cast.seeker, called_off, status="cancelled")
    like_seen = make_listing(cast.owner, city="Pune", locality="Baner", purpose="rent")
    big = make_listing(cast.owner, city="Agra", bedrooms=7)
    saved_searches.save_search(actor=Actor.of(cast.seeker), name="Big", filters={"bedrooms_min": 6})
    reasons = {one["id"]: one["recommendation_reason"] for one in page()["items"]}
    assert reasons == {
        like_seen.pk: "Because you plan to visit Seen house",
        big.pk: "Fits your search “Big”",
        called_off.pk: "Popular right now",
    }


def test_no_society_fills_a_page(page, swipe, cast):
    swipe(make_listing(cast.owner, locality="Sector 45", sub_locality="Park View"))
    for number in range(30):
        make_listing(cast.owner, locality="Sector 45", sub_locality="Park View")
        make_listing(cast.owner, locality=f"Sector {number}", sub_locality=f"Tower {number}")
    societies = [one["sub_locality"] for one in page(limit=20)["items"]]
    assert societies.count("Park View") == mixing.MOST_OF_A_SOCIETY


def test_pages_neither_repeat_nor_skip_while_one_swipes(page, swipe, cast):
    houses = {make_listing(cast.owner, locality=f"Sector {number % 3}").pk for number in range(12)}
    seen, cursor = [], None
    while True:
        found = page(limit=5, **({"cursor": cursor} if cursor else {}))
        seen += ids(found)
        for number in ids(found):
            swipe(number, number % 2 == 0)
        make_listing(cast.owner, like_count=50)
        if (cursor := found["next_cursor"]) is None:
            break
    assert len(seen) == len(set(seen))
    assert set(seen) == houses


def test_what_was_passed_since_is_not_on_a_later_page(page, swipe, cast):
    for _ in range(4):
        make_listing(cast.owner)
    first = page(limit=2)
    rest = ids(page(limit=2, cursor=first["next_cursor"]))
    swipe(rest[0], False)
    assert ids(page(limit=2, cursor=first["next_cursor"])) == rest[1:]


def test_the_total_is_told_on_demand(page, cast):
    for _ in range(3):
        make_listing(cast.owner)
    assert (page(limit=1)["total"], page(limit=1, include_total=True)["total"]) == (None, 3)


def test_a_deck_that_is_lost_begins_again(page, cast):
    for _ in range(4):
        make_listing(cast.owner)
    first = page(limit=2)
    redis_client().flushdb()
    again = page(limit=2, cursor=first["next_cursor"])
    assert ids(again) == ids(first)
    assert again["items"][0]["recommendation_id"] != first["items"][0]["recommendation_id"]


def test_a_cursor_is_of_no_use_to_others(page, cast, api):
    for _ in range(4):
        make_listing(cast.owner)
    first = page(limit=2)
    stranger = page(api.as_(cast.stranger), limit=2, cursor=first["next_cursor"])
    assert stranger["items"][0]["recommendation_place"] == 1


def test_it_works_without_redis(page, cast, api):
    make_listing(cast.owner)
    for client in (api, api.as_(cast.seeker)):
        shared_redis.rest_redis(ConnectionError("away"))
        assert len(page(client)["items"]) == 1


@pytest.mark.parametrize("cursor", ["nonsense", "eyJrIjpbMV0sInMiOiJkZWNrIiwidiI6MX0", "eyJ2IjoxfQ"])
def test_a_cursor_of_something_else_is_refused(api, cast, cursor):
    answer = api.as_(cast.seeker).get(URL, {"cursor": cursor})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "INVALID_CURSOR")


def test_more_rows_take_no_more_statements(page, swipe, cast):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            page()
        return len(captured)

    swipe(make_listing(cast.owner))
    add_images(make_listing(cast.owner), "one")
    one = statements()
    for number in range(8):
        house = make_listing(cast.owner)
        add_images(house, f"front {number}")
        if number % 2:
            swipe(house)
    assert statements() <= one
