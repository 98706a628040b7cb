"""People are reminded of a visit once, when it is due, whatever happened to the queue."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from apps.notifications.models import Delivery, Notification
from apps.visits.rules import reminder_due_at
from apps.visits.services import reminders
from ghar import clock, notices
from tests.notifications.telling import with_email
from tests.support.listings import make_listing
from tests.support.visits import at, make_visit

pytestmark = pytest.mark.django_db
DUE = timedelta(minutes=-5)


def reminded():
    return Counter(Notification.objects.filter(type="visit_reminder").values_list("user_id", flat=True))


def due(visitor, listing, **fields):
    return make_visit(visitor, listing, **{"reminder_due_at": clock.now() + DUE, **fields})


@pytest.mark.parametrize(
    ("ahead", "before"),
    [
        (timedelta(days=3), timedelta(days=1)),
        (timedelta(hours=24), timedelta(hours=1)),
        (timedelta(hours=2), timedelta(hours=1)),
        (timedelta(minutes=60), None),
        (timedelta(minutes=5), None),
    ],
    ids=str,
)
def test_when_a_reminder_is_due(ahead, before):
    now = clock.now()
    assert reminder_due_at(now + ahead, now) == (now + ahead - before if before else None)


def test_everybody_is_reminded_once(cast, listing):
    visit = due(cast.seeker, listing, agent=cast.agent_profile)
    call_command("run_job", "visits.send_visit_reminders")
    call_command("run_job", "visits.send_visit_reminders")
    assert reminded() == {cast.seeker.pk: 1, cast.owner.pk: 1, cast.agent.pk: 1}
    notice = Notification.objects.filter(user=cast.seeker).get()
    assert "Sunny house" in notice.body
    visit.refresh_from_db()
    assert visit.reminder_due_at is None


@pytest.mark.parametrize(
    ("settings_of", "mails"),
    [({}, 1), ({"email_notifications": False}, 0), ({"visit_reminders": False}, 0)],
    ids=str,
)
def test_the_reminder_is_mailed_to_whoever_wants_that(cast, listing, settings_of, mails):
    due(with_email(cast.seeker, **settings_of), listing)
    reminders.system_send_due_reminders()
    assert reminded()[cast.seeker.pk] == 1
    mailed = Delivery.objects.filter(channel="email", recipient=cast.seeker.email, status="pending")
    assert mailed.count() == mails


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "cancelled"},
        {"begins": at(days=-1)},
        {"reminder_due_at": None},
        {"reminder_due_at": at(days=1)},
    ],
    ids=["cancelled", "begun", "done", "not yet"],
)
def test_nobody_is_reminded_without_need(cast, listing, fields):
    due(cast.seeker, listing, **fields)
    assert reminders.system_send_due_reminders() == 0
    assert reminded() == {}


def cut_off(notice):
    """A sender of notices that cannot."""
    raise ConnectionError("the line is cut")


@pytest.fixture
def unsendable(settings):
    """No notice can be sent, until what is yielded is called."""
    usual = settings.NOTICE_SENDER

    def choose(sender):
        settings.NOTICE_SENDER = sender
        notices._sender.cache_clear()

    choose(f"{__name__}.cut_off")
    yield lambda: choose(usual)
    choose(usual)


def test_a_reminder_that_fails_is_due_again(cast, listing, unsendable):
    visit = due(cast.seeker, listing)
    with pytest.raises(ConnectionError):
        reminders.system_send_due_reminders()
    unsendable()
    visit.refresh_from_db()
    assert visit.reminder_due_at is not None
    assert reminders.system_send_due_reminders() == 1


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_remind_once(cast):
    listing = make_listing(cast.owner)
    for hour in range(6):
        due(cast.seeker, listing, begins=at(hours=hour))

    def run(_):
        try:
            return reminders.system_send_due_reminders()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(run, range(3))) == 6
    assert reminded() == {cast.seeker.pk: 6, cast.owner.pk: 6}
