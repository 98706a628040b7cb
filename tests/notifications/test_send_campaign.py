"""A campaign reaches everybody once, in chunks, with consent and caps, and tells how far it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.notifications import tasks
from apps.notifications.models import Campaign, Delivery, Notification
from apps.notifications.services import campaigns, devices
from ghar import jobs
from ghar.actors import Actor
from tests.notifications.campaigning import BASE, TEXT, begin, make_people, run_the_clock, send_chunk, the_campaign
from tests.notifications.telling import tell, titles_of, with_email
from tests.support.at_once import at_once
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(api, cast):
    return api.as_(cast.admin)


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(campaigns, "CHUNK", 3)


def test_everybody_is_told_once_a_chunk_at_a_time(admin, small_chunks):
    people = make_people(7)
    begin(admin)
    seen = []
    for _ in range(5):
        run_the_clock()
        seen.append((the_campaign().processed, the_campaign().status))
    assert seen == [(3, "running"), (6, "running"), (8, "done"), (8, "done"), (8, "done")]
    assert [titles_of(user) for user in people] == [["Diwali"]] * 7
    assert Notification.objects.count() == 8


def test_who_comes_later_is_not_waited_for(admin, small_chunks):
    make_people(3)
    begin(admin)
    (late,) = make_people(1)
    run_the_clock(3)
    assert (titles_of(late), the_campaign().processed, the_campaign().status) == ([], 4, "done")


def test_an_audience_that_fills_its_chunks_ends_too(admin, small_chunks):
    make_people(5)
    begin(admin)
    run_the_clock(3)
    assert (the_campaign().processed, the_campaign().status) == (6, "done")


def test_consent_and_caps_are_heeded(admin, cast, fcm, settings):
    settings.EMAIL_HOST = "mail.example"
    no, mail_only, over = with_email(cast.tenant, categories={"promotions": False}), with_email(cast.owner), cast.seeker
    devices.register_device(actor=Actor.of(no), token="phone", platform="ios")
    for _ in range(2):
        tell(over, "promotion_generic", title="Before")
    begin(admin)
    run_the_clock()
    campaign = the_campaign()
    assert (campaign.requested, campaign.told, campaign.held_back) == (4, 3, 1)
    assert titles_of(over) == ["Before", "Before"]
    assert titles_of(no) == ["Diwali"]
    told = Delivery.objects.filter(notification__campaign=campaign)
    assert [(one.notification.user, one.channel, one.status) for one in told] == [(mail_only, "email", "sent")]
    assert fcm.asked == 0


def test_the_topic_of_marketing_is_pushed_to_who_wants_it(admin, cast, fcm):
    for number, user in enumerate((with_email(cast.tenant), with_email(cast.owner, push_notifications=False))):
        devices.register_device(actor=Actor.of(user), token=f"phone-{number}", platform="ios")
    text = {"title": "Diwali", "body": "Lights.", "topic": "marketing"}
    admin.post(f"{BASE}/send/topic", text, format="json")
    run_the_clock()
    assert [message["token"] for message in fcm.taken] == ["phone-0"]
    assert Delivery.objects.count() == 1


def test_progress_is_shown(admin, cast, settings):
    settings.EMAIL_HOST = "mail.example"
    make_people(2)
    started = begin(admin, deep_link="/offers", data={"promo": "diwali"}).json()
    run_the_clock()
    shown = admin.get(f"{BASE}/campaigns/{started['campaign_id']}").json()
    assert (shown["status"], shown["requested"], shown["processed"], shown["told"]) == ("done", 3, 3, 3)
    assert (shown["deliveries"], shown["sent_by"], shown["type_key"]) == ({"sent": 2}, cast.admin.id, TEXT["type_key"])
    (listed,) = admin.get(f"{BASE}/campaigns").json()["items"]
    shown.pop("deliveries")
    assert listed == shown
    log = admin.get(f"{BASE}/users/{Notification.objects.first().user_id}").json()["items"][0]
    assert (log["route"], log["data"]) == ("/offers", {"promo": "diwali"})


def test_a_campaign_that_is_not_there_is_not_found(admin):
    answer = admin.get(f"{BASE}/campaigns/00000000-0000-4000-8000-000000000000")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "CAMPAIGN_NOT_FOUND")


def test_a_larger_chunk_costs_no_more_statements(admin, cast):
    def statements(count: int) -> int:
        make_people(count)
        started = begin(admin, type_key="upsell_suggestion").json()
        with CaptureQueriesContext(connection) as captured:
            assert campaigns.system_send_chunk(campaign_id=started["campaign_id"], after=0)
        return len(captured)

    assert statements(2) == statements(60)


def test_a_campaign_of_a_type_that_is_gone_is_stopped_and_others_go_on(admin):
    begin(admin)
    begin(admin, title="Second")
    Campaign.objects.filter(title="Diwali").update(type="forgotten")
    run_the_clock()
    assert dict(Campaign.objects.values_list("title", "status")) == {"Diwali": "stopped", "Second": "done"}


def test_a_job_that_comes_twice_or_late_tells_nobody(admin, small_chunks):
    make_people(7)
    begin(admin)
    campaign = the_campaign()
    assert [campaigns.system_send_chunk(campaign_id=campaign.id, after=0) for _ in range(3)] == [True, False, False]
    assert (the_campaign().processed, Notification.objects.count()) == (3, 3)


@pytest.mark.django_db(transaction=True)
def test_a_chunk_asks_for_the_next_and_for_its_messages_side_by_side(api, small_chunks, monkeypatch):
    cast = Cast()
    make_people(7)
    asked: list[tuple] = []
    monkeypatch.setattr(tasks, "A_BATCH", 2)
    monkeypatch.setattr(jobs, "enqueue", lambda job, *args: asked.append((job.name, *args)))
    begin(api.as_(cast.admin))
    batches = []
    while asked:
        batches += [len(args) for name, *args in asked if name == "notifications.send_deliveries"]
        (after,) = [args for name, *args in asked if name == "notifications.send_chunk"] or [None]
        asked.clear()
        if after:
            assert after == [str(the_campaign().id), the_campaign().reached]
            assert send_chunk()
    assert (the_campaign().status, the_campaign().told, sum(batches), max(batches)) == ("done", 8, 7, 2)


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_once_each_person_hears_it_once(api, small_chunks):
    cast = Cast()
    make_people(11)
    begin(api.as_(cast.admin))
    at_once([lambda: [send_chunk() for _ in range(6)]] * 4)
    run_the_clock(4)
    campaign = the_campaign()
    assert (campaign.status, campaign.told, Notification.objects.count()) == ("done", 12, 12)
    assert Delivery.objects.values("recipient").distinct().count() == Delivery.objects.count() == 11
