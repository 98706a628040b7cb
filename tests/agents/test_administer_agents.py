"""Admins make, change and retire agents."""

import pytest

from apps.accounts.services import administration
from apps.agents.models import Agent
from ghar.actors import Actor

pytestmark = pytest.mark.django_db
URL = "/api/v1/agents"


def test_a_new_agent_has_what_the_contract_says(cast, api):
    body = api.as_(cast.admin).post(URL, {"name": "New"}, format="json").json()
    hours = {"start": "09:00", "end": "18:00", "timezone": "UTC"}
    assert (body["languages"], body["working_hours"], body["agent_type"]) == (["english"], hours, "general")
    assert (body["experience_level"], body["is_active"], body["total_users_assigned"]) == ("intermediate", True, 0)


def test_only_what_is_given_is_written_and_a_null_leaves_what_must_be_something(cast, api):
    agent = Agent.objects.create(name="Asha", description="Quick", languages=["hindi"])
    changes = {"name": None, "description": None, "agent_type": "senior"}
    body = api.as_(cast.admin).put(f"{URL}/{agent.pk}", changes, format="json").json()
    assert (body["name"], body["description"]) == ("Asha", None)
    assert (body["agent_type"], body["languages"]) == ("senior", ["hindi"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 101),
        ("name", "A\x00"),
        ("name", ["A"]),
        ("agent_type", "lazy"),
        ("experience_level", 3),
        ("languages", "english"),
        ("languages", ["x"] * 21),
        ("avatar_url", "javascript:alert(1)"),
        ("working_hours", []),
        ("contact_number", "9" * 33),
    ],
)
def test_a_wrong_value_is_refused_by_name(cast, api, field, value):
    answer = api.as_(cast.admin).post(URL, {"name": "A", field: value}, format="json")
    assert answer.status_code == 422
    assert {wrong["loc"][1] for wrong in answer.json()["detail"]} == {field}
    assert not Agent.objects.exists()


def test_a_retired_agents_customers_are_free(cast, api):
    profile = cast.agent_profile
    assert api.as_(cast.admin).delete(f"{URL}/{profile.pk}").json()["success"] is True
    body = api.as_(cast.owner).get(f"{URL}/{profile.pk}").json()
    assert (body["is_active"], body["is_available"], body["total_users_assigned"]) == (False, False, 0)
    assert api.as_(cast.owner).get(f"{URL}/assigned").status_code == 404


def test_availability(cast, api):
    profile, admin = cast.agent_profile, api.as_(cast.admin)
    assert admin.patch(f"{URL}/{profile.pk}/availability?is_available=false").status_code == 200
    profile.refresh_from_db()
    assert (profile.is_active, profile.is_available) == (True, False)
    assert admin.patch(f"{URL}/{profile.pk}/availability").json()["detail"][0]["loc"] == ["query", "is_available"]


@pytest.mark.parametrize(("method", "path"), [("put", ""), ("delete", ""), ("patch", "/availability?is_available=1")])
def test_an_agent_who_is_not_there(cast, api, method, path):
    answer = getattr(api.as_(cast.admin), method)(f"{URL}/987654321{path}", {}, format="json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "AGENT_NOT_FOUND")


def test_who_becomes_staff_is_nobodys_customer_any_more(cast):
    cast.agent_profile  # noqa: B018 - makes the owner a customer
    administration.change_role(actor=Actor.of(cast.admin), user_id=cast.owner.pk, role="agent")
    cast.owner.refresh_from_db()
    assert cast.owner.agent_id is None
