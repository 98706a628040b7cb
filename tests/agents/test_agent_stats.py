"""Figures of an agent, and of the whole agency."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.agents import rules, selectors
from apps.agents.models import Agent
from tests.support.listings import make_listing
from tests.support.visits import at, make_visit

pytestmark = pytest.mark.django_db
URL = "/api/v1/agents"


@pytest.mark.parametrize(
    ("rating", "customers", "mark"),
    [(0, 0, 42.5), (5, 40, 92.5), (4, 20, 69.5), (2.5, 50, 60.5), (5, 90, 62.5)],
)
def test_the_mark_of_efficiency(rating, customers, mark):
    assert rules.efficiency(rating, customers) == mark


def test_what_an_agent_has_to_do(cast, api):
    agent = cast.agent_profile
    Agent.objects.filter(pk=agent.pk).update(user_satisfaction_rating="4.50")
    house = make_listing(cast.owner)
    make_visit(cast.seeker, house, agent=agent)
    make_visit(cast.tenant, house, agent=agent, begins=at(days=-2), status="completed")
    make_visit(cast.stranger, house)
    body = api.as_(cast.seeker).get(f"{URL}/{agent.pk}/stats").json()
    assert (body["id"], body["name"]) == (agent.pk, "Asha Agent")
    assert body["stats"] == {
        "total_users_assigned": 1,
        "user_satisfaction_rating": 4.5,
        "active_conversations": 1,
        "daily_interactions": 2,
        "weekly_interactions": 2,
        "efficiency_score": 59.25,
    }
    assert body["total_users_assigned"] == 1


def test_an_agent_who_is_not_there(cast, api):
    assert api.as_(cast.seeker).get(f"{URL}/987654321/stats").json()["error"]["code"] == "AGENT_NOT_FOUND"


def test_how_the_agency_does(cast, api):
    agent, other = cast.agent_profile, cast.other_agent_profile
    Agent.objects.filter(pk=other.pk).update(agent_type="senior", user_satisfaction_rating=3)
    Agent.objects.create(name="Gone", is_active=False, is_available=False)
    User.objects.filter(pk=cast.stranger.pk).update(is_active=False)
    make_visit(cast.seeker, make_listing(cast.owner), agent=agent)
    body = api.as_(cast.admin).get(f"{URL}/system/stats").json()
    assert (body["total_agents"], body["active_agents"], body["total_users_served"]) == (3, 2, 1)
    assert body["agents_by_type"] == {"general": 2, "specialist": 0, "senior": 1}
    assert body["system_satisfaction_score"] == 1.0
    loads = {row["agent_id"]: row["current_users"] for row in body["load_distribution"]}
    assert loads == {agent.pk: 1, other.pk: 0}
    assert body["active_users"] == User.objects.filter(is_active=True).count()
    assert (body["properties_listed"], body["total_visits"]) == (1, 1)


def test_more_agents_take_no_more_statements(cast, api):
    client = api.as_(cast.admin)

    def statements():
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{URL}/system/stats")
        return len(captured)

    Agent.objects.create(name="One")
    one = statements()
    Agent.objects.bulk_create(Agent(name=f"Agent {number}") for number in range(20))
    assert statements() == one


def test_a_figure_that_waits_for_nobody_is_refused():
    with pytest.raises(LookupError, match="sunshine"):
        selectors.answer_figure("sunshine", lambda: 1)
