"""A stopped campaign tells nobody more and sends nothing more, until it goes on where it was."""

import pytest
from django.core.management import call_command

from apps.notifications.models import Campaign, Delivery
from apps.notifications.services import campaigns, delivering
from ghar.actors import Actor
from tests.notifications.campaigning import BASE, begin, make_people, run_the_clock, send_chunk, the_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(api, cast, monkeypatch, settings):
    monkeypatch.setattr(campaigns, "CHUNK", 3)
    settings.EMAIL_HOST = "mail.example"
    make_people(7)
    client = api.as_(cast.admin)
    begin(client)
    return client


def ask(admin, what: str):
    return admin.post(f"{BASE}/campaigns/{the_campaign().id}/{what}")


def test_nobody_more_is_told_until_it_goes_on(admin):
    run_the_clock()
    answer = ask(admin, "stop")
    assert (answer.status_code, answer.json()["status"], answer.json()["processed"]) == (200, "stopped", 3)
    run_the_clock(3)
    assert the_campaign().processed == 3
    assert ask(admin, "resume").json()["status"] == "running"
    run_the_clock(3)
    assert (the_campaign().status, the_campaign().told) == ("done", 8)


def test_what_waits_to_leave_waits(admin):
    send_chunk()
    assert ask(admin, "stop").json()["deliveries"] == {"pending": 3}
    call_command("run_job", "notifications.send_due_deliveries")
    waiting = Delivery.objects.values_list("pk", flat=True)
    assert not any(delivering.system_send_delivery(delivery_id=pk) for pk in waiting)
    assert set(Delivery.objects.values_list("status", flat=True)) == {"pending"}
    ask(admin, "resume")
    call_command("run_job", "notifications.send_due_deliveries")
    assert set(Delivery.objects.values_list("status", flat=True)) == {"sent"}


def test_one_that_has_told_everybody_is_done_again_when_it_goes_on(admin):
    run_the_clock(3)
    assert ask(admin, "stop").json()["status"] == "stopped"
    assert ask(admin, "resume").json()["status"] == "done"


def test_asking_twice_changes_nothing(admin):
    assert [ask(admin, what).json()["status"] for what in ("stop", "stop", "resume", "resume")] == [
        "stopped", "stopped", "running", "running",
    ]  # fmt: skip


def test_only_admins_stop_one(admin, api, cast):
    assert ask(api.as_(cast.agent), "stop").status_code == 403
    with pytest.raises(campaigns.OnlyAdminsSend):
        campaigns.stop_campaign(actor=Actor.of(cast.agent), campaign_id=Campaign.objects.get().pk)
    assert the_campaign().status == "running"
