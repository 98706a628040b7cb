"""A worker killed in the middle of a chunk loses nothing and tells nobody twice."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.db.models import F

from apps.notifications.models import Delivery, DeviceToken, Notification
from ghar import clock
from ghar.db import locks
from tests.kernel.asgi.live import PATIENCE_S
from tests.kernel.jobs.live import WORKER, Process, running, until
from tests.notifications.campaigning import begin, make_people, run_the_clock, the_campaign
from tests.notifications.fcm_double import FCM
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
PUSHED = "upsell_suggestion"
PEOPLE = 5


@pytest.fixture
def audience(api, fcm) -> FCM:
    """A campaign that has begun, to five people with a phone each, and to the admin, who has none."""
    admin = Cast().admin
    people = make_people(PEOPLE)
    DeviceToken.objects.bulk_create(
        DeviceToken(token=f"phone-{user.pk}", user=user, platform="ios", last_seen_at=clock.now()) for user in people
    )
    begin(api.as_(admin), type_key=PUSHED)
    return fcm


def worker(settings, fcm: FCM):
    return running(
        *WORKER,
        until_it_says="ready.",
        FIREBASE_PROJECT_ID=settings.FIREBASE_PROJECT_ID,
        GOOGLE_APPLICATION_CREDENTIALS=settings.GOOGLE_APPLICATION_CREDENTIALS,
        FCM_API_URL=fcm.base,
    )


def kill(process: Process) -> None:
    """As the kernel does when memory runs out: at once, the worker and its children."""
    os.killpg(process.process.pid, signal.SIGKILL)
    process.process.wait()


def go_on_until(condition: Callable[[], bool]) -> None:
    """The clock, when the leases of whoever died have run out."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        Delivery.objects.filter(status="pending").update(due_at=F("created_at"))
        run_the_clock()


def is_through() -> bool:
    return the_campaign().status == "done" and not Delivery.objects.exclude(status="sent").exists()


def someone_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
        )
        return bool(cursor.fetchone()[0])


def test_killed_while_it_writes(audience, settings):
    last = DeviceToken.objects.order_by("user").values_list("user", flat=True).last()
    with transaction.atomic():
        locks.hold(f"notices:{last}:{PUSHED}")
        with worker(settings, audience) as process:
            until(someone_waits_for_a_lock, process)
            kill(process)
    assert (Notification.objects.count(), the_campaign().processed, audience.asked) == (0, 0, 0)
    go_on_until(is_through)
    assert (the_campaign().told, Notification.objects.count()) == (PEOPLE + 1, PEOPLE + 1)
    assert sorted(message["token"] for message in audience.taken) == sorted(
        DeviceToken.objects.values_list("token", flat=True)
    )


def test_killed_while_it_sends(audience, settings):
    audience.hold.clear()
    with worker(settings, audience) as process:
        until(lambda: audience.asked == 1, process)
        kill(process)
    in_flight = Delivery.objects.get(attempts=1)
    audience.hold.set()
    go_on_until(is_through)
    assert (the_campaign().told, Notification.objects.count(), Delivery.objects.count()) == (
        PEOPLE + 1, PEOPLE + 1, PEOPLE,
    )  # fmt: skip
    taken = Counter(message["token"] for message in audience.taken)
    assert set(taken) == set(DeviceToken.objects.values_list("token", flat=True))
    assert {token for token, times in taken.items() if times > 1} <= {in_flight.device.token}
    shown = {(message["token"], message["apns"]["headers"]["apns-collapse-id"]) for message in audience.taken}
    assert len(shown) == PEOPLE
