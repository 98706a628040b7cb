"""Many customers asking at the same time are shared evenly."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.agents.models import Agent
from apps.agents.services import assignment, profiles
from ghar.actors import SYSTEM, Actor

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    def run(call):
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def customers(count):
    return [User.objects.create(phone=f"+9199100000{number:02}") for number in range(count)]


def asking(user):
    return lambda: assignment.assign_agent(actor=Actor.of(user), user_id=user.pk).agent_id


def test_loads_are_even(db):
    agents = [Agent.objects.create(name=f"Agent {number}").pk for number in range(4)]
    given = at_once(*map(asking, customers(20)))
    assert Counter(given) == dict.fromkeys(agents, 5)
    assert Counter(User.objects.values_list("agent_id", flat=True)) == Counter(given)


def test_one_customer_asking_often_has_one_agent(db):
    for number in range(4):
        Agent.objects.create(name=f"Agent {number}")
    (user,) = customers(1)
    assert len(set(at_once(*[asking(user)] * 8))) == 1


def test_nobody_stays_with_an_agent_who_retires_meanwhile(db):
    leaving, staying = (Agent.objects.create(name=name) for name in ("Leaving", "Staying"))
    people = customers(12)
    at_once(
        *map(asking, people[:6]),
        lambda: profiles.retire_agent(actor=SYSTEM, agent_id=leaving.pk),
        *map(asking, people[6:]),
    )
    assert set(User.objects.values_list("agent_id", flat=True)) <= {staying.pk, None}
