"""A decision is undone, turned round, or taken back together with others."""

import pytest

from apps.accounts.services import deletion
from apps.discovery.models import Swipe
from apps.discovery.services import swipes
from ghar.actors import Actor
from tests.support import follow_ups
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db
UNDO = "/api/v1/swipes/undo"
REMOVE = "/api/v1/swipes/batch-remove"


@pytest.fixture
def houses(cast):
    return [make_listing(cast.owner) for _ in range(3)]


def counts(houses):
    for house in houses:
        house.refresh_from_db()
    return [house.like_count for house in houses]


def test_the_latest_is_undone_first(swipe, houses, api, cast):
    first, second, third = houses
    swipe(first)
    swipe(second)
    swipe(third, False)
    swipe(first, False)
    swipe(first)
    left = []
    for _ in range(3):
        assert api.as_(cast.seeker).delete(UNDO).status_code == 200
        left.append(set(Swipe.objects.values_list("property_id", flat=True)))
    assert left == [{second.pk, third.pk}, {second.pk}, set()]
    assert counts(houses) == [0, 0, 0]
    answer = api.as_(cast.seeker).delete(UNDO)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "SWIPE_NOT_FOUND")


def test_nobody_undoes_for_others(swipe, houses, api, cast):
    swipe(houses[0])
    assert api.as_(cast.stranger).delete(UNDO).status_code == 404
    assert counts(houses) == [1, 0, 0]


def test_a_like_becomes_a_pass_and_back(swipe, houses, api, cast):
    swipe(houses[0])
    kept = Swipe.objects.get()
    client, url = api.as_(cast.seeker), f"/api/v1/swipes/{kept.pk}/toggle"
    assert client.put(url).json()["message"] == "Property passed successfully"
    kept.refresh_from_db()
    assert (kept.action, kept.is_liked, counts(houses)[0]) == ("pass", False, 0)
    assert client.put(url).json()["message"] == "Property liked successfully"
    assert counts(houses)[0] == 1
    for person, number in ((cast.stranger, kept.pk), (cast.seeker, 987654321)):
        assert api.as_(person).put(f"/api/v1/swipes/{number}/toggle").json()["error"]["code"] == "SWIPE_NOT_FOUND"


def test_several_are_taken_back(swipe, houses, api, cast):
    swipe(houses[0])
    swipe(houses[1], False)
    swipe(houses[2])
    swipe(houses[0], True, cast.tenant)
    ids = [houses[0].pk, houses[1].pk, houses[0].pk, 987654321]
    answer = api.as_(cast.seeker).post(REMOVE, {"property_ids": ids}).json()
    assert answer == {"removed_count": 2, "failed_property_ids": [], "message": "Removed 2 swipes"}
    assert counts(houses) == [1, 0, 1]


@pytest.mark.parametrize("ids", [None, "1", ["a"], [0], list(range(1, 502)), [2**63]])
def test_a_list_that_cannot_be_is_refused(api, cast, ids):
    answer = api.as_(cast.seeker).post(REMOVE, {"property_ids": ids})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][:2] == ["body", "property_ids"]


def test_who_goes_takes_their_likes_along(swipe, houses, cast, django_capture_on_commit_callbacks):
    swipe(houses[0])
    swipe(houses[1])
    swipe(houses[1], True, cast.tenant)
    assert swipes.system_forget_person(user_id=cast.seeker.pk) == 2
    assert counts(houses) == [0, 1, 0]
    assert swipes.system_forget_person(user_id=cast.seeker.pk) == 0
    with django_capture_on_commit_callbacks(execute=True):
        deletion.delete_account(actor=Actor.of(cast.tenant), confirm=True)
    follow_ups.carry_out()
    assert not Swipe.objects.exists()
    assert counts(houses) == [0, 0, 0]
