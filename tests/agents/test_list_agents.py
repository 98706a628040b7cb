"""Lists of agents."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.agents.models import Agent
from apps.agents.serializers import AgentOut, AgentWorkloadOut

pytestmark = pytest.mark.django_db
ALL = "/api/v1/agents"


@pytest.fixture
def team(db):
    """An agent of each standing."""
    return {
        "general": Agent.objects.create(name="General"),
        "senior": Agent.objects.create(name="Senior", agent_type="senior"),
        "away": Agent.objects.create(name="Away", is_available=False),
        "retired": Agent.objects.create(name="Retired", is_active=False, is_available=False),
    }


@pytest.mark.parametrize(
    ("path", "person", "names"),
    [
        (ALL, "admin", ["Away", "Senior", "General"]),
        (f"{ALL}?include_inactive=true", "admin", ["Retired", "Away", "Senior", "General"]),
        (f"{ALL}/available", "seeker", ["Senior", "General"]),
        (f"{ALL}/available?agent_type=senior", "seeker", ["Senior"]),
        (f"{ALL}/available?specialization=villas", "seeker", ["Senior", "General"]),
        (f"{ALL}/types/general", "seeker", ["Away", "General"]),
        (f"{ALL}/specializations/villas", "seeker", ["Away", "Senior", "General"]),
    ],
)
def test_who_is_listed(cast, api, team, path, person, names):
    answer = api.as_(getattr(cast, person)).get(path)
    assert [agent["name"] for agent in answer.json()["items"]] == names


@pytest.mark.parametrize("path", [f"{ALL}/types/lazy", f"{ALL}/available?agent_type=lazy"])
def test_a_type_that_is_none_is_refused_by_name(cast, api, path):
    answer = api.as_(cast.seeker).get(path)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][1] == "agent_type"


def test_pages(cast, api, team):
    client = api.as_(cast.admin)
    first = client.get(ALL, {"limit": 2, "include_total": "true"}).json()
    second = client.get(ALL, {"limit": 2, "cursor": first["next_cursor"]}).json()
    assert (first["total"], first["has_more"], second["has_more"]) == (3, True, False)
    assert [agent["name"] for page in (first, second) for agent in page["items"]] == ["Away", "Senior", "General"]


def test_the_wire_shape_is_the_documented_one(cast, api, team):
    client = api.as_(cast.admin)
    assert client.get(ALL).json()["items"][0].keys() == AgentOut().fields.keys()
    load = client.get(f"{ALL}/system/workload").json()["items"][0]
    assert load.keys() == AgentWorkloadOut().fields.keys()


def test_workload(cast, api, team):
    cast.seeker.agent = team["senior"]
    cast.seeker.save()
    client = api.as_(cast.admin)
    first = client.get(f"{ALL}/system/workload", {"limit": 1}).json()
    rest = client.get(f"{ALL}/system/workload", {"cursor": first["next_cursor"]}).json()
    loads = [(row["agent_name"], row["current_users"], row["utilization_percentage"], row["queue_length"])
             for page in (first, rest) for row in page["items"]]  # fmt: skip
    assert loads == [("General", 0, 0, 0), ("Senior", 1, 2, 0), ("Away", 0, 0, 0)]


def test_a_longer_list_takes_no_more_statements(cast, api, team):
    client = api.as_(cast.admin)
    client.get(ALL)
    with CaptureQueriesContext(connection) as few:
        client.get(ALL, {"limit": 1})
    with CaptureQueriesContext(connection) as many:
        client.get(ALL)
    assert len(many) == len(few) == 2  # the caller and the page
