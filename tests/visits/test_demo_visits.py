"""Demo agents and visits."""

from io import StringIO

import pytest
from django.core.management import call_command

from apps.accounts.models import User
from apps.agents.models import Agent
from apps.properties.models import Property
from apps.visits.models import Visit
from tests.support import demo
from tests.support.visits import at, make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small(settings, tmp_path, monkeypatch):
    demo.make_small(settings, monkeypatch, tmp_path, listings=30)


def run(command):
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def test_agents_have_logins_customers_and_visits():
    run("load_demo")
    agents = list(Agent.objects.order_by("pk"))
    assert [agent.login.role for agent in agents] == ["agent"] * 3
    assert all(agent.customers.exists() and agent.visits.exists() for agent in agents)
    assert set(Visit.objects.values_list("status", flat=True)) == {"completed", "confirmed", "requested"}
    assert not Visit.objects.filter(is_seed_data=False).exists()


def test_a_second_load_adds_nothing():
    run("load_demo")
    before = list(Visit.objects.order_by("id").values()), list(User.objects.order_by("id").values("id", "agent_id"))
    assert "nothing added" in run("load_demo")
    after = list(Visit.objects.order_by("id").values()), list(User.objects.order_by("id").values("id", "agent_id"))
    assert after == before


def test_clearing_takes_them_away():
    run("load_demo")
    run("clear_seed")
    assert not Visit.objects.exists()
    assert not Agent.objects.exists()


def test_what_a_real_person_has_stays(cast):
    run("load_demo")
    listing, agent = Property.objects.first(), Agent.objects.first()
    real = make_visit(cast.seeker, listing, begins=at(days=40), agent=agent)
    run("clear_seed")
    assert list(Visit.objects.all()) == [real]
    assert list(Agent.objects.all()) == [agent]
    assert list(Property.objects.all()) == [listing]
