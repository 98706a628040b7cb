"""Whose device it is takes it back; others, and nobody, do not."""

import pytest

from apps.notifications.models import DeviceToken
from apps.notifications.services import devices
from ghar.actors import ANONYMOUS, Actor

pytestmark = pytest.mark.django_db
TOKEN = "fcm:phone-1"


def unregister(client, token: str = TOKEN):
    return client.delete(f"/api/v1/notifications/devices/unregister?token={token}")


@pytest.fixture
def device(cast) -> DeviceToken:
    devices.register_device(actor=Actor.of(cast.tenant), token=TOKEN, platform="android")
    return DeviceToken.objects.get()


def test_it_is_nobodys_then(api, cast, device):
    assert unregister(api.as_(cast.tenant)).json() == {"ok": True}
    device.refresh_from_db()
    assert (device.user, device.is_active) == (None, False)
    assert unregister(api.as_(cast.tenant)).status_code == 200
    devices.register_device(actor=ANONYMOUS, token=TOKEN, platform="android")
    device.refresh_from_db()
    assert (device.user, device.is_active) == (None, True)


def test_who_is_not_signed_in_does_not_switch_off_anybodys(api, device):
    refused = unregister(api)
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "DEVICE_OF_SOMEBODY")
    device.refresh_from_db()
    assert device.is_active


def test_another_persons_stays(api, cast, device):
    assert unregister(api.as_(cast.owner)).json() == {"ok": True}
    device.refresh_from_db()
    assert (device.user, device.is_active) == (cast.tenant, True)


def test_nobodys_is_switched_off_by_anybody(api):
    devices.register_device(actor=ANONYMOUS, token=TOKEN, platform="web")
    assert unregister(api).status_code == 200
    assert not DeviceToken.objects.get().is_active


def test_an_unknown_one_is_fine(api):
    assert unregister(api, "unknown").json() == {"ok": True}


@pytest.mark.parametrize("token", ["", "two%20words", "%00", "x" * 1025])
def test_a_wrong_token_is_refused_by_name(api, token):
    answer = unregister(api, token)
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["query", "token"])
