"""Admins put what was not sent back into the outbox from its screen; what was sent, or is on its way, stays."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.notifications.models import Delivery
from tests.notifications.telling import tell, with_email
from tests.support.screens import act

pytestmark = pytest.mark.django_db
OUTBOX = "admin:notifications_delivery_changelist"


@pytest.fixture
def browser(cast) -> Client:
    client = Client()
    client.force_login(cast.admin)
    return client


def retry(browser: Client, delivery: Delivery) -> str:
    form = {"action": "retry", "_selected_action": [str(delivery.pk)]}
    return act(browser, reverse(OUTBOX), form).content.decode()


@pytest.mark.parametrize("status", ["failed", "parked", "unavailable", "expired"])
def test_what_was_not_sent_is_put_back(browser, cast, status):
    delivery = Delivery.objects.get(notification=tell(with_email(cast.tenant)))
    Delivery.objects.update(status=status, attempts=5, failure="No answer.")
    assert "1 put back" in retry(browser, delivery)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.failure) == ("pending", 0, "")


@pytest.mark.parametrize(("channel", "status"), [("email", "sent"), ("email", "pending"), ("sms", "sent")])
def test_nothing_else_is(browser, cast, channel, status):
    tell(with_email(cast.tenant), "security_alert")
    delivery = Delivery.objects.get(channel=channel)
    Delivery.objects.filter(pk=delivery.pk).update(status=status, attempts=1)
    assert "Only what was not sent can be sent again." in retry(browser, delivery)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == (status, 1)


def test_what_was_told_is_shown_with_how_it_went_out(browser, cast):
    kept = tell(with_email(cast.tenant), "security_alert")
    Delivery.objects.filter(channel="sms").update(status="unavailable", failure="No provider at all.")
    page = browser.get(reverse("admin:notifications_notification_change", args=[kept])).content.decode()
    assert "They are on our site." in page
    assert "No provider at all." in page
