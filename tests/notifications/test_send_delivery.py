"""The outbox: sent once, tried again after failures, given up in the end, and honest about what cannot be sent."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection

from apps.notifications.models import Delivery
from apps.notifications.services import delivering
from ghar import clock
from tests.kernel.asgi.live import free_port
from tests.notifications.telling import channels_of, tell, with_email
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery(cast) -> Delivery:
    """A mail that waits."""
    return Delivery.objects.get(notification=tell(with_email(cast.tenant), title="New\nterms"))


@pytest.fixture
def mail_server(settings):
    """Mail is kept by Django's own backend for tests."""
    settings.EMAIL_HOST = "mail.example"


@pytest.fixture
def broken_mail_server(settings):
    """Nobody listens where the mail server should be."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()


def run_the_clock() -> None:
    call_command("run_job", "notifications.send_due_deliveries")


def test_the_clock_sends_what_no_worker_has_heard_of(delivery, mail_server):
    run_the_clock()
    run_the_clock()
    assert [letter.subject for letter in mail.outbox] == ["New terms"]
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.sent_at is None) == ("sent", 1, False)


def test_a_failure_waits_longer_each_time_and_is_given_up(delivery, broken_mail_server):
    for attempt in range(1, 6):
        Delivery.objects.update(due_at=clock.now())
        assert delivering.system_send_delivery(delivery_id=delivery.id)
        delivery.refresh_from_db()
        assert delivery.attempts == attempt
        assert "did not take the message" in delivery.failure
        assert not delivering.system_send_delivery(delivery_id=delivery.id)
    assert delivery.status == "failed"


def test_what_failed_goes_out_when_the_server_is_back(delivery, broken_mail_server, settings):
    run_the_clock()
    Delivery.objects.update(due_at=clock.now())
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    run_the_clock()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.failure, len(mail.outbox)) == ("sent", 2, "", 1)


def test_what_is_too_late_is_not_sent(delivery, mail_server):
    Delivery.objects.update(expires_at=clock.now())
    run_the_clock()
    delivery.refresh_from_db()
    assert (delivery.status, mail.outbox) == ("expired", [])


@pytest.mark.parametrize(("environment", "is_shown"), [("test", True), ("production", False)])
def test_without_a_mail_server_it_says_so(delivery, settings, environment, is_shown, caplog):
    settings.ENVIRONMENT = environment
    with caplog.at_level("INFO"):
        run_the_clock()
    delivery.refresh_from_db()
    assert (delivery.status, mail.outbox) == ("unavailable", [])
    assert "EMAIL_SMTP_HOST" in delivery.failure
    assert ("They are on our site." in caplog.text) is is_shown


def test_a_worker_that_died_leaves_it_due_again(delivery, mail_server):
    assert delivering._take(delivery.id) is not None
    assert not delivering.system_send_delivery(delivery_id=delivery.id)
    Delivery.objects.update(due_at=clock.now() - timedelta(seconds=1))
    assert delivering.system_send_delivery(delivery_id=delivery.id)
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_one_sends(mail_server):
    kept = tell(with_email(Cast().tenant))
    delivery_id = Delivery.objects.get(notification=kept).id
    ready = Barrier(6)

    def send(_: int) -> bool:
        ready.wait()
        try:
            return delivering.system_send_delivery(delivery_id=delivery_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        assert sorted(threads.map(send, range(6))) == [False] * 5 + [True]
    assert len(mail.outbox) == 1


def test_what_finds_no_slot_at_its_provider_waits_and_is_no_attempt(cast, settings, monkeypatch):
    settings.EMAIL_HOST, settings.SEMAPHORES = "mail.example", {"email": 1}
    monkeypatch.setattr(delivering, "WAIT_S", 0)
    kept = tell(with_email(cast.tenant))
    with delivering.AT_A_TIME["email"].slot(seconds=60):
        call_command("run_job", "notifications.send_due_deliveries")
    waiting = Delivery.objects.get(notification=kept)
    assert (waiting.status, waiting.attempts, mail.outbox) == ("pending", 0, [])
    Delivery.objects.update(due_at=clock.now())
    call_command("run_job", "notifications.send_due_deliveries")
    assert channels_of(kept) == {"email": "sent"}
