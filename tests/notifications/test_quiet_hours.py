"""In somebody's quiet hours their phone is silent, except for what is critical; mail disturbs nobody."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from apps.notifications.models import Delivery
from apps.notifications.services import devices
from ghar import clock
from ghar.actors import Actor
from tests.notifications.telling import channels_of, tell, with_email

pytestmark = pytest.mark.django_db


@pytest.fixture
def sleeper(cast, settings, fcm):
    """Somebody with a phone and an address, whose quiet hours began an hour ago and end in another."""
    settings.EMAIL_HOST = "mail.example"
    here = clock.now().astimezone(clock.INDIA)
    hours = {"start": f"{here - timedelta(hours=1):%H:%M}", "end": f"{here + timedelta(hours=1):%H:%M}"}
    user = with_email(cast.tenant, quietHours=hours)
    devices.register_device(actor=Actor.of(user), token="phone", platform="ios")
    return user


def run_the_clock() -> None:
    call_command("run_job", "notifications.send_due_deliveries")


def test_push_waits_until_they_end_and_mail_does_not(sleeper, fcm):
    kept = tell(sleeper, "promotion_generic")
    run_the_clock()
    assert channels_of(kept) == {"push": "pending", "email": "sent"}
    waiting = Delivery.objects.get(notification=kept, channel="push")
    assert (waiting.attempts, waiting.failure) == (0, "It waits for the end of quiet hours.")
    assert clock.now() < waiting.due_at <= clock.now() + timedelta(hours=1)
    run_the_clock()
    assert fcm.asked == 0


def test_it_leaves_when_they_are_over(sleeper, fcm):
    tell(sleeper, "app_update")
    run_the_clock()
    sleeper.notification_settings = {}
    sleeper.save()
    Delivery.objects.update(due_at=clock.now())
    run_the_clock()
    sent = Delivery.objects.get()
    assert (sent.status, sent.failure, len(fcm.taken)) == ("sent", "", 1)


def test_what_is_of_no_use_afterwards_is_not_sent(sleeper, fcm):
    tell(sleeper, "app_update")
    run_the_clock()
    Delivery.objects.update(due_at=clock.now(), expires_at=clock.now())
    run_the_clock()
    assert (Delivery.objects.get().status, fcm.asked) == ("expired", 0)


def test_what_is_critical_does_not_wait(sleeper, fcm):
    kept = tell(sleeper, "security_alert")
    run_the_clock()
    assert channels_of(kept)["push"] == "sent"


@pytest.mark.parametrize("stored", [[], "no", 7, {"quietHours": [1]}], ids=repr)
def test_settings_of_any_form_are_survived(sleeper, fcm, stored):
    type(sleeper).objects.filter(pk=sleeper.pk).update(notification_settings=stored)
    tell(sleeper, "app_update")
    run_the_clock()
    assert len(fcm.taken) == 1
