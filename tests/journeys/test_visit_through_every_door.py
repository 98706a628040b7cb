"""One verb through every door: a person signs in, searches, and schedules visits by REST, by an MCP client and by
talking to the assistant; whoever is concerned hears of each at once, their agent settles it, and a worker reminds them.

Live processes throughout: the production server, a worker, the scheduler, and unmodified clients.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any

import pytest
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from apps.identity.services.administration import system_ensure_account
from apps.visits.models import Visit
from ghar import clock
from ghar.schedules import beat
from tests.identity.wire import EMAIL, PHONE
from tests.journeys import browser, live, node
from tests.journeys.app import App, names, sign_in_by_code, sign_in_with_password, ten_o_clock
from tests.journeys.ears import Ears, ears
from tests.journeys.letterbox import Letterbox, letterbox
from tests.journeys.mcp_person import PASSWORD, Person
from tests.kernel.jobs.live import BEAT, WORKER, Process, running, until
from tests.support.cast import Cast
from tests.support.listings import make_listing

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(browser.CHROMIUM is None, reason="there is no Chromium on this machine"),
]
REMINDERS = "visits.send_visit_reminders"


@pytest.fixture
def base(transactional_db: None) -> Iterator[str]:
    """The production server."""
    with live.server("granian") as url:
        yield url


@pytest.fixture
def agent(node_packages: None) -> Cast:
    """The owner's agent, who can sign in with a password, and a listing to visit."""
    cast = Cast()
    assert cast.agent_profile.login == cast.agent
    system_ensure_account(phone=cast.agent.phone, password=PASSWORD)
    make_listing(cast.owner, title="Sunny floor", locality="Sector 45", bedrooms=3, base_price=8_500_000)
    return cast


def changes(*visit_ids: int) -> list[tuple[str, Any]]:
    """What whoever changed these visits hears of it."""
    return [("visit_updated", {"visit_id": visit_id}) for visit_id in visit_ids]


def test_a_visit_is_scheduled_through_every_door(base: str, supabase: node.Client, agent: Cast) -> None:
    with ExitStack() as stack:
        visitor = stack.enter_context(App(base, sign_in_by_code(supabase, PHONE, "Sami Seeker")))
        me = visitor.ask("PUT", "users/me", email=EMAIL)
        agents = stack.enter_context(App(base, sign_in_with_password(base, agent.agent.phone)))
        assert agents.ask("GET", "users/me")["id"] == agent.agent.id
        here = stack.enter_context(ears(base, me["id"], visitor.token, version="2.0.0"))
        there = stack.enter_context(ears(base, agent.agent.id, agents.token, version="1.0.0"))
        box = stack.enter_context(letterbox())
        mail = {"EMAIL_SMTP_HOST": "127.0.0.1", "EMAIL_SMTP_PORT": str(box.port)}
        worker = stack.enter_context(running(*WORKER, until_it_says="ready.", **mail))
        place = search(visitor)
        by_rest(visitor, agents, place, here, there)
        by_mcp(stack.enter_context(Person(base, PHONE)), place, here, there)
        visit_id = by_assistant(visitor, place, here, there)
        settled_by_agent(stack.enter_context(Person(base, agent.agent.phone)), visit_id, here, there)
        reminded(worker, box, visit_id, visitor, here, there)


def search(visitor: App) -> int:
    """The listing that the visitor finds."""
    (found,) = visitor.ask("GET", "properties?q=sunny&bedrooms_min=3")["items"]
    assert found["title"] == "Sunny floor"
    return int(found["id"])


def by_rest(visitor: App, agents: App, place: int, here: Ears, there: Ears) -> None:
    """Two visits in turns, so that order means something."""
    first, second = (
        visitor.ask("POST", "visits", property_id=place, scheduled_date=ten_o_clock(days))["id"] for days in (2, 3)
    )
    visitor.ask("POST", f"visits/{first}/reschedule", new_date=ten_o_clock(4), reason="A train is late")
    agents.ask("PUT", f"visits/{second}", status="confirmed")
    visitor.ask("POST", f"visits/{first}/cancel", reason="Found one")
    heard = here.hear(6)
    assert [event for event in heard if event[0] == "visit_updated"] == changes(first, second, first, second, first)
    assert names(heard).count("visit_confirmed") == 1
    told = names(there.hear(9))
    assert [name for name in told if name.startswith("visit ")] == [
        f"visit {visit_id}" for visit_id in (first, second, first, second, first)
    ]
    assert [name for name in told if not name.startswith("visit ")] == [
        "visit_requested", "visit_requested", "visit_rescheduled", "visit_cancelled",
    ]  # fmt: skip


def by_mcp(person: Person, place: int, here: Ears, there: Ears) -> None:
    """An MCP host does it, after the person consented in a browser."""
    result = person.connect(
        "/mcp?sign_in=required", "visits_schedule", property_id=place, scheduled_date=ten_o_clock(5)
    )
    assert (person.complaints, result.is_error) == ([], False)
    visit = result.structured_content["visit"]
    assert (visit["scheduled_date"], visit["property"]["title"]) == (ten_o_clock(5), "Sunny floor")
    assert here.hear(1) == changes(visit["id"])
    assert sorted(names(there.hear(2))) == [f"visit {visit['id']}", "visit_requested"]


def by_assistant(visitor: App, place: int, here: Ears, there: Ears) -> int:
    """The assistant does it without any model, when it was told what and when, and yes."""
    found = visitor.say("3 bhk near sector 45")
    talk = found.only("done")["conversation_id"]
    assert f"**Number {place}** Sunny floor" in found.text
    visitor.say(f"tell me more about number {place}", talk)
    assert "Shall I book" in visitor.say("book a visit on Sunday at 4", talk).text
    booked = visitor.say("yes", talk)
    assert booked.tools == ["visits_schedule"]
    visit = booked.only("widget")["structured_content"]["visit"]
    assert f"{datetime.fromisoformat(visit['scheduled_date']):%A %H:%M %z}" == "Sunday 16:00 +0530"
    assert here.hear(1) == changes(visit["id"])
    assert sorted(names(there.hear(2))) == [f"visit {visit['id']}", "visit_requested"]
    return int(visit["id"])


def settled_by_agent(person: Person, visit_id: int, here: Ears, there: Ears) -> None:
    """The agent sees the visits through the staff's server and confirms the newest."""
    path = "/mcp-admin?sign_in=required"
    seen = person.connect(path, "agent_visits_list_all", status="requested").structured_content
    assert person.complaints == []
    assert visit_id in [visit["id"] for visit in seen["visits"]]
    assert {visit["visitor"]["full_name"] for visit in seen["visits"]} == {"Sami Seeker"}
    settled = person.connect(path, "agent_visits_confirm", visit_id=visit_id)
    assert settled.structured_content["visit"]["status"] == "confirmed"
    assert there.hear(1) == changes(visit_id)
    assert sorted(names(here.hear(2))) == [f"visit {visit_id}", "visit_confirmed"]


def reminded(worker: Process, box: Letterbox, visit_id: int, visitor: App, here: Ears, there: Ears) -> None:
    """Staff let the job run every second, its moment comes, and a worker tells everybody, in the app and by mail."""
    beat.sync()
    second, _ = IntervalSchedule.objects.get_or_create(every=1, period=IntervalSchedule.SECONDS)
    PeriodicTask.objects.filter(name=REMINDERS).update(interval=second)
    with running(*BEAT, until_it_says="is starting"):
        Visit.objects.filter(pk=visit_id).update(reminder_due_at=clock.now())
        until(lambda: len(box.letters_to(EMAIL)) == 3, worker)
    check_reminder(box, visitor)
    for somebody in (here, there):
        assert names(somebody.hear(1)) == ["visit_reminder"]


def check_reminder(box: Letterbox, visitor: App) -> None:
    """In the app and by mail, once each, in the same words."""
    notices = visitor.ask("GET", "notifications")["items"]
    (notice,) = [one for one in notices if one["type"] == "visit_reminder"]
    assert "Sunny floor" in notice["body"]
    assert "Sunday" in notice["body"]
    letters = [(letter["Subject"], letter.get_content().strip()) for letter in box.letters_to(EMAIL)]
    assert letters.count((notice["title"], notice["body"])) == 1
    assert sorted(subject for subject, _ in letters) == ["Visit coming up", "Visit confirmed", "Visit confirmed"]
