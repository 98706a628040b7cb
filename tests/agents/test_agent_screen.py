"""Staff look at agents; admins say who signs in as whom, and retire them."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.agents.models import Agent
from tests.support.screens import act

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Asha", "agent_type": "general", "experience_level": "expert", "languages": '["hindi"]',
    "working_hours": "{}", "is_active": "on", "is_available": "on",
}  # fmt: skip


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def change(client, agent, **values):
    url = reverse("admin:agents_agent_change", args=[agent.pk])
    answer = client.post(url, {**FORM, **values}, follow=True)
    agent.refresh_from_db()
    return [str(error) for errors in answer.context.get("errors", ()) for error in errors]


def test_an_agent_is_made(cast):
    browser(cast.admin).post(reverse("admin:agents_agent_add"), {**FORM, "login": cast.agent.pk})
    made = Agent.objects.get()
    assert (made.name, made.login_id, made.languages) == ("Asha", cast.agent.pk, ["hindi"])


def test_a_refused_form_comes_back_as_it_was_typed(cast):
    typed = {**FORM, "description": "Knows every street.", "avatar_url": "asha.png"}
    page = browser(cast.admin).post(reverse("admin:agents_agent_add"), typed)
    form = page.context["adminform"].form
    assert form.errors == {"avatar_url": ["Must start with http:// or https://."]}
    assert [form[name].value() for name in ("name", "description", "avatar_url")] == [
        "Asha", "Knows every street.", "asha.png",
    ]  # fmt: skip
    assert not Agent.objects.exists()


def test_a_refusal_after_the_first_write_undoes_it(cast):
    page = browser(cast.admin).post(reverse("admin:agents_agent_add"), {**FORM, "login": cast.seeker.pk})
    form = page.context["adminform"].form
    assert (form.non_field_errors(), form["name"].value()) == (["This person's role is not agent."], "Asha")
    assert not Agent.objects.exists()


def test_only_an_agents_login_is_linked(cast):
    agent = Agent.objects.create(name="Asha")
    told = change(browser(cast.admin), agent, login=cast.seeker.pk)
    assert (agent.login_id, told) == (None, ["This person's role is not agent."])
    change(browser(cast.admin), agent, login=cast.agent.pk)
    assert agent.login_id == cast.agent.pk


def test_a_login_is_one_agent(cast):
    taken, agent = cast.agent_profile, Agent.objects.create(name="Second")
    change(browser(cast.admin), agent, login=taken.login_id)
    assert agent.login_id is None


def test_retire_and_reinstate(cast):
    client, agent, url = browser(cast.admin), cast.agent_profile, reverse("admin:agents_agent_changelist")
    act(client, url, {"action": "retire", "_selected_action": [agent.pk]})
    agent.refresh_from_db()
    cast.owner.refresh_from_db()
    assert (agent.is_active, agent.is_available, cast.owner.agent_id) == (False, False, None)
    act(client, url, {"action": "reinstate", "_selected_action": [agent.pk]})
    agent.refresh_from_db()
    assert (agent.is_active, agent.is_available) == (True, True)


def test_an_agent_cannot_retire_another(cast):
    agent = cast.agent_profile
    url = reverse("admin:agents_agent_changelist")
    act(browser(cast.other_agent), url, {"action": "retire", "_selected_action": [agent.pk]})
    agent.refresh_from_db()
    assert agent.is_active


WRONG = [("working_hours", "[1]"), ("working_hours", "5"), ("languages", "5"), ("languages", '{"hindi": 1}'),
         ("languages", "[1]"), ("languages", '[" "]'), ("languages", str(["x"] * 21).replace("'", '"'))]  # fmt: skip


@pytest.mark.parametrize(("name", "typed"), WRONG)
def test_hours_and_languages_have_the_shape_that_clients_read(cast, name, typed):
    agent = Agent.objects.create(name="Asha", languages=["hindi"], working_hours={})
    told = change(browser(cast.admin), agent, **{name: typed})
    assert (agent.languages, agent.working_hours) == (["hindi"], {})
    assert any("Must be a" in message for message in told)
