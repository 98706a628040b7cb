"""Admins watch campaigns and devices and stop them from their screens, and see every type of notices."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse, reverse_lazy

from apps.notifications.models import Delivery, DeviceToken
from apps.notifications.services import devices
from ghar import clock, notices
from ghar.actors import Actor
from tests.notifications.campaigning import begin, run_the_clock, the_campaign
from tests.notifications.telling import tell, with_email
from tests.support import screens as actions

pytestmark = pytest.mark.django_db
CAMPAIGNS = "admin:notifications_campaign_changelist"
DEVICES = "admin:notifications_devicetoken_changelist"
TYPES = reverse_lazy("admin:notifications_notification_types")


@pytest.fixture
def browser(cast) -> Client:
    client = Client()
    client.force_login(cast.admin)
    return client


def act(browser: Client, screen: str, action: str, row) -> str:
    form = {"action": action, "_selected_action": [str(row.pk)]}
    return actions.act(browser, reverse(screen), form).content.decode()


def test_a_campaign_is_stopped_and_goes_on(browser, api, cast):
    begin(api.as_(cast.admin))
    assert "1 stopped" in act(browser, CAMPAIGNS, "stop", the_campaign())
    assert the_campaign().status == "stopped"
    assert "1 resumed" in act(browser, CAMPAIGNS, "resume", the_campaign())
    run_the_clock()
    assert the_campaign().status == "done"
    page = browser.get(reverse("admin:notifications_campaign_change", args=[the_campaign().pk])).content.decode()
    assert "Lights for every house." in page


def test_a_device_is_retired_and_its_token_is_nowhere_shown(browser, cast):
    devices.register_device(actor=Actor.of(cast.tenant), token="secret-token", platform="ios")
    device = DeviceToken.objects.get()
    tell(cast.tenant, "app_update")
    addresses = [
        reverse(DEVICES),
        reverse("admin:notifications_devicetoken_change", args=[device.pk]),
        reverse("admin:notifications_delivery_changelist"),
        reverse("admin:notifications_delivery_change", args=[Delivery.objects.get().pk]),
    ]
    pages = [browser.get(address).content.decode() for address in addresses]
    assert all(str(device.pk)[:8] in page for page in pages[2:])
    assert not any("secret-token" in page for page in pages)
    assert "1 retired" in act(browser, DEVICES, "retire", device)
    device.refresh_from_db()
    assert (device.is_active, device.user) == (False, cast.tenant)


def test_only_admins_retire_devices(cast):
    devices.register_device(actor=Actor.of(cast.tenant), token="phone", platform="ios")
    with pytest.raises(devices.OnlyAdminsRetire):
        devices.retire_device(actor=Actor.of(cast.agent), device_id=DeviceToken.objects.get().pk)
    assert DeviceToken.objects.get().is_active


def test_every_type_is_shown_with_what_was_told(browser, cast):
    tell(with_email(cast.tenant))
    page = browser.get(TYPES, follow=True).content.decode()
    assert all(key in page for key in notices.all_types())
    assert "pending: 1" in page
    with CaptureQueriesContext(connection) as few:
        browser.get(TYPES, follow=True)
    tell(cast.tenant, "app_update"), tell(cast.owner, "security_alert")
    with CaptureQueriesContext(connection) as more:
        browser.get(TYPES, follow=True)
    assert len(more) == len(few)


def test_agents_do_not_see_the_types(cast):
    client = Client()
    client.force_login(cast.agent)
    assert client.get(TYPES, follow=True).status_code == 403


def test_what_is_stuck_is_found(browser, cast):
    for title, values in {
        "late": {"due_at": clock.now() - timedelta(minutes=11)},
        "parked": {"status": "parked"},
        "due": {},
        "sent": {"status": "sent", "due_at": clock.now() - timedelta(hours=1)},
    }.items():
        kept = tell(with_email(cast.tenant), title=title)
        Delivery.objects.filter(notification=kept).update(recipient=f"{title}@ghar.example", **values)
    page = browser.get(reverse("admin:notifications_delivery_changelist"), {"stuck": "yes"}).content.decode()
    assert [title for title in ("late", "parked", "due", "sent") if f"{title}@ghar.example" in page] == [
        "late", "parked",
    ]  # fmt: skip
