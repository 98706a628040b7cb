"""A customer is given an agent: by load, by wish, or by an admin."""

import pytest

from apps.agents.models import Agent

pytestmark = pytest.mark.django_db
ASSIGN = "/api/v1/agents/assign"


def make_agents(count, **fields):
    return [Agent.objects.create(name=f"Agent {number}", **fields) for number in range(count)]


def assigned(client, **query):
    answer = client.post(f"{ASSIGN}?{'&'.join(f'{key}={value}' for key, value in query.items())}")
    return answer.status_code, answer.json()


def test_the_agent_with_the_fewest_customers_and_the_first_among_equals(cast, api):
    first, second, third = make_agents(3)
    given = []
    for person in (cast.owner, cast.tenant, cast.seeker, cast.stranger):
        status, body = assigned(api.as_(person))
        given.append((status, body["user_id"] == person.pk, body["agent"]["id"], body["assignment_reason"]))
    chosen = (first, second, third, first)
    assert given == [(200, True, agent.pk, "auto_assigned") for agent in chosen]


def test_nobody_is_given_to_an_agent_who_is_away_or_retired(cast, api):
    make_agents(1, is_available=False)
    make_agents(1, is_available=False, is_active=False)
    status, body = assigned(api.as_(cast.seeker))
    assert (status, body["error"]["code"]) == (404, "NO_AGENTS_AVAILABLE")


def test_a_customer_may_choose(cast, api):
    _, wanted = make_agents(2)
    _, body = assigned(api.as_(cast.seeker), agent_id=wanted.pk)
    assert (body["agent"]["id"], body["assignment_reason"]) == (wanted.pk, "manual_assigned")
    assert body["agent"]["total_users_assigned"] == 1


def test_who_has_an_agent_keeps_them_since_when_they_had_them(cast, api):
    first, second = make_agents(2)
    _, before = assigned(api.as_(cast.seeker))
    _, body = assigned(api.as_(cast.seeker), agent_id=second.pk)
    assert (body["agent"]["id"], body["assignment_reason"]) == (first.pk, "already_assigned")
    assert body["assigned_at"] == before["assigned_at"]


@pytest.mark.parametrize(
    ("agent_id", "status", "code"),
    [
        (987654321, 404, "NO_AGENTS_AVAILABLE"),
        (0, 422, "VALIDATION_ERROR"),
        (2**63, 422, "VALIDATION_ERROR"),
        ("asha", 422, "VALIDATION_ERROR"),
    ],
)
def test_an_agent_who_cannot_be_chosen(cast, api, agent_id, status, code):
    make_agents(1)
    answered, body = assigned(api.as_(cast.seeker), agent_id=agent_id)
    assert (answered, body["error"]["code"]) == (status, code)
    cast.seeker.refresh_from_db()
    assert cast.seeker.agent_id is None


@pytest.mark.parametrize("person", ["agent", "admin"])
def test_staff_are_nobodys_customers_and_bind_themselves_to_no_portfolio(cast, api, person):
    (agent,) = make_agents(1)
    status, body = assigned(api.as_(getattr(cast, person)), agent_id=agent.pk)
    assert (status, body["error"]["code"]) == (400, "ONLY_CUSTOMERS")
    agent.refresh_from_db()
    assert agent.login_id is None
    assert api.as_(cast.agent).get("/api/v1/agents/me").status_code == 404


def test_an_admin_moves_a_customer_and_takes_the_agent_away(cast, api):
    first, second = make_agents(2)
    admin, url = api.as_(cast.admin), f"/api/v1/users/{cast.seeker.pk}/assign-agent"
    seen = []
    for agent_id in (first.pk, second.pk, None):
        assert admin.post(url, {"agent_id": agent_id}, format="json").status_code == 200
        seen.append(api.as_(cast.seeker).get("/api/v1/users/me").json()["agent_id"])
    assert seen == [first.pk, second.pk, None]


@pytest.mark.parametrize(
    ("user", "agent", "status", "code"),
    [
        (987654321, "there", 400, "AGENT_NOT_ASSIGNED"),
        (987654321, None, 400, "AGENT_NOT_ASSIGNED"),
        ("seeker", 987654321, 400, "AGENT_NOT_ASSIGNED"),
        ("seeker", "asha", 422, "VALIDATION_ERROR"),
        ("seeker", ..., 422, "VALIDATION_ERROR"),
    ],
)
def test_what_an_admin_cannot_assign(cast, api, user, agent, status, code):
    (there,) = make_agents(1)
    user_id = cast.seeker.pk if user == "seeker" else user
    body = {} if agent is ... else {"agent_id": there.pk if agent == "there" else agent}
    answer = api.as_(cast.admin).post(f"/api/v1/users/{user_id}/assign-agent", body, format="json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
