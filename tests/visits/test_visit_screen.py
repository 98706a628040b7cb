"""Staff look at the visits that concern them and act on them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.support.screens import act
from tests.support.visits import at, make_visit

pytestmark = pytest.mark.django_db
LIST = reverse("admin:visits_visit_changelist")


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def choose(user, action, *visits):
    body = {"action": action, "_selected_action": [visit.pk for visit in visits]}
    answer = act(browser(user), LIST, body)
    for visit in visits:
        visit.refresh_from_db()
    return [str(message) for message in answer.context["messages"]]


@pytest.fixture
def visit(cast, listing):
    return make_visit(cast.seeker, listing, agent=cast.agent_profile)


def test_agents_see_what_concerns_them(cast, visit):
    cast.other_agent_profile  # noqa: B018
    shown = {
        name: list(browser(getattr(cast, name)).get(LIST).context["cl"].queryset)
        for name in ("agent", "other_agent", "admin")
    }
    assert shown == {"agent": [visit], "other_agent": [], "admin": [visit]}


def test_confirm_and_call_off(cast, visit):
    assert "1 confirmed." in choose(cast.agent, "confirm", visit)
    assert visit.status == "confirmed"
    assert "1 called off." in choose(cast.admin, "cancel", visit)
    assert (visit.status, visit.cancellation_reason) == ("cancelled", "It has to be so")


def test_a_refusal_is_told_and_the_others_go_on(cast, visit, listing):
    past = make_visit(cast.seeker, listing, begins=at(days=-1))
    told = choose(cast.admin, "complete", visit, past)
    assert (visit.status, past.status) == ("requested", "completed")
    assert any("before its time" in message for message in told)


def test_a_visit_gets_another_agent(cast, visit, listing):
    make_visit(cast.tenant, listing, begins=at(days=8), agent=cast.agent_profile)
    other = cast.other_agent_profile
    choose(cast.admin, "give_agent", visit)
    assert visit.agent_id == other.pk
    choose(cast.other_agent, "give_agent", visit)
    assert visit.agent_id == other.pk


def test_the_form_opens_and_changes_nothing(cast, visit):
    url = reverse("admin:visits_visit_change", args=[visit.pk])
    assert browser(cast.agent).get(url).status_code == 200
    browser(cast.agent).post(url, {"status": "completed"})
    visit.refresh_from_db()
    assert visit.status == "requested"


def test_more_rows_cost_no_more_queries(cast, visit, listing):
    client = browser(cast.admin)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for day in range(3, 8):
        make_visit(cast.tenant, listing, begins=at(days=day), agent=cast.agent_profile)
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(few)
