"""Admins decide which shared homes are seen; their owners hear of it."""

import pytest

from apps.properties.events import ListingStatusChanged
from apps.properties.services import moderation, refusals
from ghar.actors import Actor
from ghar.events import on
from ghar.realtime import names
from ghar.shared_redis import redis_client
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db(transaction=True)
HEARD = []


@on(ListingStatusChanged)
def hear(event):
    HEARD.append(event)


@pytest.fixture(autouse=True)
def silence():
    HEARD.clear()


@pytest.fixture
def home(cast):
    preferences = {"moderation_status": "pending_review", "pets": "no"}
    return make_listing(
        cast.owner, property_type="pg", purpose="rent", listing_preferences=preferences, is_available=False
    )


@pytest.mark.parametrize(
    ("action", "status", "available"),
    [("approve", "live", True), ("reject", "rejected", False), ("request_edit", "pending_review", False)],
)
def test_a_decision(home, cast, api, action, status, available):
    moderation.moderate_listing(actor=Actor.of(cast.admin), property_id=home.pk, action=action, reason="Seen")
    home.refresh_from_db()
    kept = home.listing_preferences
    assert (kept["moderation_status"], home.is_available, kept["pets"]) == (status, available, "no")
    assert (kept["moderated_by"], kept["moderation_reason"]) == (cast.admin.pk, "Seen")
    assert api.get(f"/api/v1/properties/{home.pk}").status_code == (200 if available else 404)
    (event,) = HEARD
    assert (event.owner_id, event.status, event.reason) == (cast.owner.pk, status, "Seen")
    told = b" ".join(str(entry).encode() for key in redis_client().keys("*") if redis_client().type(key) == b"stream"
                     for entry in redis_client().xrange(key))  # fmt: skip
    assert names.LISTING_STATUS_CHANGED.encode() in told


@pytest.mark.parametrize("who", ["owner", "agent", "stranger"])
def test_nobody_else_decides(home, cast, who):
    with pytest.raises(refusals.OnlyModerators):
        moderation.moderate_listing(actor=Actor.of(getattr(cast, who)), property_id=home.pk, action="approve")


def test_a_house_is_not_moderated(cast):
    house = make_listing(cast.owner)
    with pytest.raises(refusals.NotShared):
        moderation.moderate_listing(actor=Actor.of(cast.admin), property_id=house.pk, action="approve")
