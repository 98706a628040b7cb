"""Who deletes their account takes their listings off the market."""

import pytest

from apps.accounts.services import deletion
from apps.properties.services import listings
from ghar.actors import Actor
from tests.support import follow_ups
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db(transaction=True)


def test_nobody_finds_them_or_their_number(cast, api):
    house = make_listing(cast.owner, owner_contact="+919810000001")
    other = make_listing(cast.tenant, owner_contact="+919810000002")
    deletion.delete_account(actor=Actor.of(cast.owner), confirm=True)
    follow_ups.carry_out()
    assert [found["id"] for found in api.get("/api/v1/properties").json()["items"]] == [other.pk]
    told = api.as_(cast.seeker).get(f"/api/v1/properties/{house.pk}").json()
    assert (told["is_available"], told["owner_contact"], told["owner_name"]) == (False, None, None)
    assert listings.system_withdraw_listings(owner_id=cast.owner.pk) == 0
