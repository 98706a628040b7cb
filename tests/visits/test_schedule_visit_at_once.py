"""Many people want the same time at the same moment."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction

from apps.accounts.models import User
from apps.agents.models import Agent
from apps.visits.models import Visit
from apps.visits.services import refusals, visits
from ghar.actors import Actor
from tests.support.client import Client
from tests.support.listings import make_listing
from tests.support.visits import at, make_visit

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls):
    """Run all of them, each in its thread with its own connection, as near together as threads come."""
    start = threading.Barrier(len(calls))

    def run(call):
        try:
            start.wait(timeout=60)
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def visitors(count):
    return [User.objects.create(phone=f"+9199100000{number:02}", subject=f"v-{number}") for number in range(count)]


def scheduling(user, listing, when):
    def call():
        try:
            return visits.schedule_visit(actor=Actor.of(user), property_id=listing.pk, scheduled_date=when).agent_id
        except refusals.VisitConflict:
            return "conflict"

    return call


def test_fifty_visitors_and_one_agent_make_one_visit(cast):
    agent, listing = Agent.objects.create(name="Only"), make_listing(cast.owner)
    answers = at_once([scheduling(user, listing, at()) for user in visitors(50)])
    assert Counter(answers) == {agent.pk: 1, "conflict": 49}
    assert Visit.objects.count() == 1


def test_times_that_only_overlap_clash_as_well(cast):
    Agent.objects.create(name="Only")
    listing, step = make_listing(cast.owner), (at(hours=1) - at()) / 60
    wishes = [scheduling(user, listing, at() + 5 * place * step) for place, user in enumerate(visitors(12))]
    taken = [answer for answer in at_once(wishes) if answer != "conflict"]
    times = sorted(Visit.objects.values_list("scheduled_date", "ends_at"))
    assert len(taken) == len(times) >= 1
    assert all(ends <= begins for (_, ends), (begins, _) in pairwise(times))


def test_visitors_are_shared_between_the_free_agents(cast):
    agents = [Agent.objects.create(name=f"Agent {number}").pk for number in range(4)]
    listing = make_listing(cast.owner)
    answers = at_once([scheduling(user, listing, at()) for user in visitors(10)])
    assert Counter(answers) == dict.fromkeys(agents, 1) | {"conflict": 6}


def test_one_visitor_asking_everywhere_gets_one(cast):
    (user,) = visitors(1)
    places = [make_listing(cast.owner) for _ in range(8)]
    answers = at_once([scheduling(user, place, at()) for place in places])
    assert Counter(answers) == {None: 1, "conflict": 7}


def test_two_visits_are_moved_to_the_same_time_of_one_agent(cast):
    agent, listing = Agent.objects.create(name="Only"), make_listing(cast.owner)
    people = visitors(6)
    made = [make_visit(user, listing, begins=at(hours=n), agent=agent) for n, user in enumerate(people)]

    def moving(visit):
        def call():
            try:
                visits.reschedule_visit(actor=Actor.of(visit.user), visit_id=visit.pk, new_date=at(days=5))
            except refusals.VisitConflict:
                return "conflict"
            return "moved"

        return call

    assert Counter(at_once([moving(visit) for visit in made])) == {"moved": 1, "conflict": 5}


def test_one_visit_is_cancelled_and_completed_at_once(cast):
    listing = make_listing(cast.owner)
    visit = make_visit(cast.seeker, listing, begins=at(days=-1))

    def ending(service, person):
        def call():
            try:
                service(actor=Actor.of(person), visit_id=visit.pk)
            except refusals.WrongStatus:
                return "too late"
            return "done"

        return call

    answers = at_once([ending(visits.cancel_visit, cast.seeker), ending(visits.complete_visit, cast.owner)] * 3)
    assert Counter(answers) == {"done": 1, "too late": 5}


@pytest.mark.parametrize("who", ["agent", "user"])
def test_the_database_itself_keeps_people_from_being_in_two_places(cast, who):
    agent, listing = Agent.objects.create(name="Only"), make_listing(cast.owner)
    make_visit(cast.seeker, listing, agent=agent)
    visitor = cast.seeker if who == "user" else cast.tenant
    with pytest.raises(IntegrityError, match=f"visits_{who}_once_at_a_time"), transaction.atomic():
        make_visit(visitor, listing, agent=agent if who == "agent" else None)


def test_one_request_repeated_at_once_is_carried_out_once(cast):
    listing, body = make_listing(cast.owner), {"scheduled_date": at().isoformat()}
    client = Client().as_(cast.seeker)

    def call():
        answer = client.post("/api/v1/visits", body | {"property_id": listing.pk}, HTTP_IDEMPOTENCY_KEY="the-same")
        return answer.status_code, answer.json()["id"]

    answers = at_once([call] * 6)
    assert len(set(answers)) == 1
    assert answers[0][0] == 200
    assert Visit.objects.count() == 1
