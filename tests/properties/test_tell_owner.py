"""Owners are told what others decided about their listings, and nothing of what they did themselves."""

import pytest

from apps.properties.services import listings, moderation
from ghar.actors import Actor
from tests.support import follow_ups
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(cast):
    waiting = {"moderation_status": "pending_review"}
    return make_listing(cast.owner, title="Quiet room", property_type="pg", purpose="rent", listing_preferences=waiting)


@pytest.fixture
def told(api, cast):
    def read():
        follow_ups.carry_out()
        notices = api.as_(cast.owner).get("/api/v1/notifications").json()["items"]
        return [(notice["type"], notice["title"], notice["body"]) for notice in notices]

    return read


@pytest.mark.parametrize(
    ("action", "reason", "expected"),
    [
        ("approve", "", ("flatmate_listing_approved", "Your listing is live", "Everybody can find “Quiet room” now.")),
        (
            "request_edit",
            "Two pictures at least",
            (
                "flatmate_listing_rejected",
                "Your listing needs a change",
                "We looked at “Quiet room”. Please change it, and we look again. The reason: Two pictures at least",
            ),
        ),
        (
            "reject",
            "",
            (
                "flatmate_listing_rejected",
                "Your listing was not approved",
                "We looked at “Quiet room” and cannot show it.",
            ),
        ),
    ],
)
def test_a_decision_is_told_once_with_its_reason(home, cast, told, action, reason, expected):
    moderation.moderate_listing(actor=Actor.of(cast.admin), property_id=home.pk, action=action, reason=reason)
    assert told() == [expected]


def test_what_owners_do_themselves_is_not_told(home, cast, told):
    moderation.moderate_listing(actor=Actor.of(cast.admin), property_id=home.pk, action="approve")
    for is_available in (False, True):
        listings.change_availability(actor=Actor.of(cast.owner), property_id=home.pk, is_available=is_available)
    assert [kind for kind, _, _ in told()] == ["flatmate_listing_approved"]
