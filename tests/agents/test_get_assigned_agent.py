"""A customer looks at their agent, and looking changes nothing."""

import pytest

from apps.agents.models import Agent

pytestmark = pytest.mark.django_db
URL = "/api/v1/agents/assigned"


def test_none_yet_and_none_is_given_by_looking(cast, api):
    Agent.objects.create(name="Free")
    answer = api.as_(cast.seeker).get(URL)
    assert (answer.status_code, answer.json()["error"]["message"]) == (404, "No agent assigned yet")
    cast.seeker.refresh_from_db()
    assert cast.seeker.agent_id is None


def test_the_own_agent(cast, api):
    profile = cast.agent_profile
    assert api.as_(cast.owner).get(URL).json()["id"] == profile.pk
    assert api.as_(cast.owner).get("/api/v1/users/me").json()["agent_id"] == profile.pk


def test_an_agent_has_none_but_is_one(cast, api):
    profile = cast.agent_profile
    assert api.as_(cast.agent).get(URL).status_code == 404
    assert api.as_(cast.agent).get("/api/v1/users/me").json()["agent_id"] == profile.pk
    assert api.as_(cast.agent).get("/api/v1/agents/me").json()["name"] == "Asha Agent"


def test_an_agent_whose_login_has_no_profile(cast, api):
    assert api.as_(cast.agent).get("/api/v1/users/me").json()["agent_id"] is None
    answer = api.as_(cast.agent).get("/api/v1/agents/me")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "AGENT_NOT_FOUND")
