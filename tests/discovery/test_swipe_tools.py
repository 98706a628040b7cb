"""What models can do about what people like."""

import pytest

from apps.discovery.models import Swipe
from ghar.actors import ANONYMOUS, Actor
from ghar.tools import call
from tests.support.listings import CENTRE, make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeker(cast):
    return Actor.of(cast.seeker)


def data(actor, name, **arguments):
    outcome = call(actor, name, arguments)
    assert outcome.error is None, outcome.data
    return outcome.data


def ids(found):
    return [one["id"] for one in found["properties"]]


def test_liking_is_what_rest_does(seeker, cast):
    house, own = make_listing(cast.owner), make_listing(cast.seeker)
    told = data(seeker, "discovery_swipe", property_id=house.pk, is_liked=True)
    assert told == {"success": True, "property_id": house.pk, "is_liked": True}
    assert data(seeker, "discovery_swipe", property_id=own.pk, is_liked=True)["success"] is False
    assert list(Swipe.objects.values_list("property_id", "action")) == [(house.pk, "like")]
    assert data(seeker, "discovery_property_get", property_id=house.pk)["user_liked"] is True


@pytest.mark.parametrize("name", ["discovery_swipe", "discovery_shortlist", "discovery_recommendations"])
def test_nobody_does_it_without_signing_in(name, db):
    assert call(ANONYMOUS, name, {"property_id": 1, "is_liked": True}).data["code"] == "UNAUTHORIZED"


def test_the_shortlist_is_what_is_liked(seeker, swipe, cast):
    first, passed, second = (make_listing(cast.owner) for _ in range(3))
    swipe(first)
    swipe(passed, False)
    swipe(second)
    page = data(seeker, "discovery_shortlist", limit=1)
    assert (ids(page), page["total"], page["has_more"], page["limit"]) == ([second.pk], 2, True, 1)
    assert page["properties"][0]["swiped_at"]
    assert ids(data(seeker, "discovery_shortlist", limit=1, cursor=page["next_cursor"])) == [first.pk]


def test_recommendations_say_why(seeker, swipe, cast):
    liked, alike = make_listing(cast.owner, title="Sunny"), make_listing(cast.owner, at=CENTRE)
    swipe(liked)
    told = data(seeker, "discovery_recommendations")
    assert (ids(told), told["count"], told["personalized"]) == ([alike.pk], 1, True)
    assert told["properties"][0]["recommendation_reason"] == "Because you liked Sunny"
    assert ids(data(seeker, "discovery_recommendations", latitude=10, longitude=10)) == []
    assert ids(data(seeker, "discovery_recommendations", latitude=CENTRE[0], longitude=CENTRE[1])) == [alike.pk]


def test_the_feed_leaves_out_what_was_decided(seeker, swipe, cast):
    latitude, longitude = CENTRE
    near = make_listing(cast.owner, at=CENTRE)
    nearby = make_listing(cast.owner, at=(latitude + 0.1, longitude), purpose="rent")
    far = make_listing(cast.owner, at=(latitude + 5, longitude))
    around = {"latitude": latitude, "longitude": longitude}
    assert ids(data(ANONYMOUS, "discovery_feed", **around)) == [near.pk, nearby.pk]
    swipe(near, False)
    assert ids(data(seeker, "discovery_feed", **around)) == [nearby.pk]
    assert set(ids(data(seeker, "discovery_feed"))) == {nearby.pk, far.pk}
    assert ids(data(seeker, "discovery_feed", purpose="rent")) == [nearby.pk]
    assert data(ANONYMOUS, "discovery_feed", limit=1)["is_personalized"] is False
    assert call(seeker, "discovery_feed", {"purpose": "steal"}).data["code"] == "VALIDATION_ERROR"
