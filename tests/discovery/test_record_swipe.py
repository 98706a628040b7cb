"""People like and pass listings, and each listing counts its likes."""

import pytest
from django.db import IntegrityError, transaction

from apps.discovery.models import Swipe
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db


def likes(listing):
    listing.refresh_from_db()
    return listing.like_count


def test_a_first_like_is_kept_and_counted(swipe, cast):
    house = make_listing(cast.owner)
    assert swipe(house).json() == {"message": "Property liked successfully", "success": True}
    assert list(Swipe.objects.values_list("user_id", "property_id", "action")) == [(cast.seeker.pk, house.pk, "like")]
    assert likes(house) == 1


def test_only_a_change_of_mind_counts(swipe, cast):
    house = make_listing(cast.owner)
    counted = []
    for liked in (False, True, True, False, False, True):
        swipe(house, liked)
        counted.append(likes(house))
    assert counted == [0, 1, 1, 0, 0, 1]
    assert Swipe.objects.count() == 1


def test_everybody_counts_once(swipe, cast):
    house = make_listing(cast.owner)
    for person in (cast.seeker, cast.tenant, cast.stranger, cast.seeker):
        swipe(house, True, person)
    swipe(house, False, cast.agent)
    assert likes(house) == 3


def test_a_listing_is_not_touched_by_being_liked(swipe, cast):
    house = make_listing(cast.owner)
    before = house.updated_at
    swipe(house)
    house.refresh_from_db()
    assert house.updated_at == before


def test_what_is_gone_hidden_or_ones_own_is_passed_over(swipe, cast):
    hidden = make_listing(
        cast.owner, property_type="pg", purpose="rent", listing_preferences={"moderation_status": "rejected"}
    )
    for listing, person in ((987654321, cast.seeker), (hidden, cast.seeker), (make_listing(cast.owner), cast.owner)):
        assert swipe(listing, True, person).status_code == 200
    assert not Swipe.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"is_liked": True}, "property_id"),
        ({"property_id": 5}, "is_liked"),
        ({"property_id": 0, "is_liked": True}, "property_id"),
        ({"property_id": 2**63, "is_liked": True}, "property_id"),
        ({"property_id": 5, "is_liked": "perhaps"}, "is_liked"),
    ],
)
def test_a_swipe_that_says_too_little_is_refused(api, cast, body, field):
    answer = api.as_(cast.seeker).post("/api/v1/swipes", body)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", field]


def test_the_database_keeps_one_a_person_and_listing(cast):
    house = make_listing(cast.owner)
    Swipe.objects.create(user=cast.seeker, property=house, action="like")
    with pytest.raises(IntegrityError, match="user_swipes_once"), transaction.atomic():
        Swipe.objects.create(user=cast.seeker, property=house, action="pass")


def test_a_deleted_listing_takes_its_swipes_along(swipe, cast, api):
    house = make_listing(cast.owner)
    swipe(house)
    assert api.as_(cast.owner).delete(f"/api/v1/properties/{house.pk}").status_code == 200
    assert not Swipe.objects.exists()
