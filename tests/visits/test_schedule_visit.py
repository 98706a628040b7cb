"""Somebody asks for a visit."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.agents.models import Agent
from apps.visits.models import Visit
from apps.visits.serializers import VisitOut
from tests.support.listings import make_listing
from tests.support.visits import at, make_visit

pytestmark = pytest.mark.django_db


def test_what_a_visit_says(cast, listing, schedule):
    profile = cast.agent_profile
    answer = schedule(cast.seeker, listing, at(), special_requirements="A ramp", user_id=cast.stranger.pk)
    body = answer.json()
    assert answer.status_code == 200, body
    assert (body["user_id"], body["property_id"], body["status"]) == (cast.seeker.pk, listing.pk, "requested")
    assert (body["special_requirements"], body["visit_context"]) == ("A ramp", "property_tour")
    assert (body["property_title"], body["property"]["id"]) == ("Sunny house", listing.pk)
    assert body["agents"] == {
        "id": profile.pk, "name": "Asha Agent", "phone": "+919810000004", "avatar_url": None,
    }  # fmt: skip
    assert (body["counterparty_user"], body["conversation_id"], body["match_id"]) == (None, None, None)


def test_the_wire_shape_is_the_documented_one(cast, listing, schedule, api):
    cast.agent_profile  # noqa: B018 - makes the agent
    body = schedule(cast.seeker, listing, at()).json()
    own = {"phone", "email"}
    for person in (cast.seeker, cast.owner, cast.agent, cast.admin):
        shown = api.as_(person).get(f"/api/v1/visits/{body['id']}").json()
        assert shown.keys() == VisitOut().fields.keys()
        assert shown["property"].keys() == VisitOut().fields["property"].fields.keys()
        assert (own <= shown["user"].keys()) == (person.role != "user")


def test_a_time_without_a_zone_is_utc(cast, listing, schedule):
    when = at()
    body = schedule(cast.seeker, listing, when.replace(tzinfo=None)).json()
    assert Visit.objects.get(pk=body["id"]).scheduled_date == when


def test_an_indian_time_is_the_same_moment(cast, listing, schedule):
    day = at().date()
    body = schedule(cast.seeker, listing, f"{day}T10:00:00+05:30").json()
    assert Visit.objects.get(pk=body["id"]).scheduled_date.isoformat() == f"{day}T04:30:00+00:00"


def test_the_owners_agent_shows_the_listing(cast, listing, schedule):
    first, owners = Agent.objects.create(name="First"), cast.agent_profile
    assert first.pk < owners.pk
    assert schedule(cast.seeker, listing, at()).json()["agent_id"] == owners.pk


def test_the_visitors_agent_goes_before_the_owners(cast, listing, schedule):
    cast.agent_profile  # noqa: B018 - the owner's
    cast.seeker.agent = cast.other_agent_profile
    cast.seeker.save()
    assert schedule(cast.seeker, listing, at()).json()["agent_id"] == cast.other_agent_profile.pk


def test_another_agent_comes_when_the_own_is_busy(cast, listing, schedule):
    profile, other = cast.agent_profile, cast.other_agent_profile
    make_visit(cast.tenant, listing, agent=profile)
    assert schedule(cast.seeker, listing, at()).json()["agent_id"] == other.pk


def test_the_agent_with_the_fewest_visits_ahead_comes(cast, schedule):
    busy, idle = (Agent.objects.create(name=name) for name in ("Busy", "Idle"))
    place = make_listing(cast.owner)
    make_visit(cast.tenant, place, begins=at(days=9), agent=busy)
    assert schedule(cast.seeker, place, at()).json()["agent_id"] == idle.pk
    assert schedule(cast.stranger, place, at(days=3)).json()["agent_id"] == busy.pk  # one each: the first of them


def test_without_an_agent_at_work_the_owner_shows_alone(cast, listing, schedule):
    Agent.objects.create(name="Away", is_available=False)
    body = schedule(cast.seeker, listing, at()).json()
    assert (body["agent_id"], body["agents"]) == (None, None)


def test_when_every_agent_is_busy_nobody_comes(cast, listing, schedule):
    make_visit(cast.tenant, listing, agent=cast.agent_profile)
    answer = schedule(cast.seeker, listing, at())
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "VISIT_CONFLICT")
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("minutes", [-59, 0, 59])
def test_two_visits_of_one_visitor_do_not_overlap_wherever_they_are(cast, listing, schedule, minutes):
    make_visit(cast.seeker, make_listing(cast.tenant))
    answer = schedule(cast.seeker, listing, at() + minutes * (at(hours=1) - at()) / 60)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "VISIT_CONFLICT")


@pytest.mark.parametrize("hours", [-1, 1])
def test_one_visit_may_follow_another(cast, listing, schedule, hours):
    make_visit(cast.seeker, listing)
    assert schedule(cast.seeker, listing, at(hours=hours)).status_code == 200


@pytest.mark.parametrize("status", ["cancelled", "completed"])
def test_a_visit_that_is_over_takes_no_time(cast, listing, schedule, status):
    make_visit(cast.seeker, listing, status=status, agent=cast.agent_profile)
    assert schedule(cast.seeker, listing, at()).status_code == 200


def test_few_statements(cast, listing, schedule):
    cast.agent_profile, cast.seeker  # noqa: B018
    schedule(cast.seeker, listing, at())
    with CaptureQueriesContext(connection) as statements:
        assert schedule(cast.seeker, listing, at(days=3)).status_code == 200
    assert len(statements) <= 10


def test_what_says_nothing_is_read_and_passed_over(schedule, cast, listing):
    body = schedule(cast.seeker, listing, at(), user_id=cast.tenant.pk, conversation_id=5, match_id=6).json()
    assert (body["user_id"], body["conversation_id"], body["match_id"]) == (cast.seeker.pk, None, None)
