"""Visits that cannot be: each refused clearly, and nothing is stored."""

from datetime import timedelta

import pytest

from apps.visits.models import Visit
from ghar import clock
from tests.support.listings import make_listing
from tests.support.visits import at

pytestmark = pytest.mark.django_db


def refusal(answer):
    return answer.status_code, answer.json()["error"]["code"]


@pytest.mark.parametrize(
    ("ahead", "code"),
    [
        (timedelta(minutes=-1), "VISIT_IN_THE_PAST"),
        (timedelta(days=-4000), "VISIT_IN_THE_PAST"),
        (timedelta(days=367), "VISIT_TOO_FAR_AHEAD"),
        (timedelta(days=365_000), "VISIT_TOO_FAR_AHEAD"),
    ],
)
def test_a_time_that_is_behind_or_too_far_ahead(cast, listing, schedule, ahead, code):
    assert refusal(schedule(cast.seeker, listing, clock.now() + ahead)) == (400, code)
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("property_id", None),
        ("property_id", 0),
        ("property_id", -1),
        ("property_id", 2**63),
        ("property_id", "one"),
        ("property_id", [1]),
        ("property_id", True),
        ("scheduled_date", None),
        ("scheduled_date", ""),
        ("scheduled_date", "tomorrow"),
        ("scheduled_date", "2030-02-30T10:00:00Z"),
        ("scheduled_date", "2030-01-01T25:00:00Z"),
        ("scheduled_date", "0001-01-01T00:00:00+14:00"),
        ("scheduled_date", "9999-12-31T23:59:59-14:00"),
        ("scheduled_date", 1893456000),
        ("scheduled_date", {"day": 1}),
        ("special_requirements", "x" * 2001),
        ("special_requirements", "a\x00b"),
        ("special_requirements", ["ramp"]),
        ("visit_context", "party"),
        ("visit_context", 1),
        ("counterparty_user_id", "somebody"),
        ("counterparty_user_id", 2**63),
    ],
)
def test_a_wrong_value_is_refused_by_name(cast, listing, api, field, value):
    body = {"property_id": listing.pk, "scheduled_date": at().isoformat(), field: value}
    answer = api.as_(cast.seeker).post("/api/v1/visits", body)
    assert refusal(answer) == (422, "VALIDATION_ERROR")
    assert {wrong["loc"][1] for wrong in answer.json()["detail"]} == {field}
    assert not Visit.objects.exists()


@pytest.mark.parametrize("field", ["property_id", "scheduled_date"])
def test_what_is_missing_is_named(cast, listing, api, field):
    body = {"property_id": listing.pk, "scheduled_date": at().isoformat()}
    del body[field]
    answer = api.as_(cast.seeker).post("/api/v1/visits", body)
    assert [(wrong["loc"], wrong["type"]) for wrong in answer.json()["detail"]] == [(["body", field], "missing")]


def test_a_listing_that_is_not_there(cast, api):
    body = {"property_id": 987654321, "scheduled_date": at().isoformat()}
    assert refusal(api.as_(cast.seeker).post("/api/v1/visits", body)) == (404, "PROPERTY_NOT_FOUND")


def test_a_shared_home_that_moderation_has_not_let_live(cast, schedule):
    hidden = make_listing(
        cast.owner, property_type="pg", purpose="rent", listing_preferences={"moderation_status": "pending_review"}
    )
    assert refusal(schedule(cast.seeker, hidden, at())) == (404, "PROPERTY_NOT_FOUND")


@pytest.mark.parametrize(
    "fields", [{"is_available": False}, {"status": "sold"}, {"status": "rented"}, {"status": "maintenance"}], ids=str
)
def test_a_listing_that_is_off_the_market(cast, schedule, fields):
    assert refusal(schedule(cast.seeker, make_listing(cast.owner, **fields), at())) == (409, "PROPERTY_UNAVAILABLE")


def test_an_own_listing(cast, listing, schedule):
    assert refusal(schedule(cast.owner, listing, at())) == (400, "OWN_LISTING")


def test_a_suspended_visitor(cast, listing, schedule):
    cast.seeker.is_active = False
    cast.seeker.save()
    assert refusal(schedule(cast.seeker, listing, at())) == (403, "USER_INACTIVE")


def test_a_tour_is_with_nobody_in_particular(cast, listing, schedule):
    answer = schedule(cast.seeker, listing, at(), counterparty_user_id=cast.tenant.pk)
    assert refusal(answer) == (400, "COUNTERPARTY_NOT_ALLOWED")


def test_a_flatmate_meet_needs_a_conversation(cast, listing, schedule):
    answer = schedule(
        cast.seeker, listing, at(), visit_context="flatmate_meet", counterparty_user_id=cast.tenant.pk, match_id=1
    )
    assert refusal(answer) == (400, "CONVERSATION_REQUIRED")


def test_the_same_visit_twice(cast, listing, schedule):
    assert schedule(cast.seeker, listing, at()).status_code == 200
    assert refusal(schedule(cast.seeker, listing, at())) == (409, "VISIT_CONFLICT")
    assert Visit.objects.count() == 1
