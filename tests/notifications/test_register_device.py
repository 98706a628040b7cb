"""A device belongs to whoever is signed in on it, and nobody who is not takes it away."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.notifications.models import DeviceToken
from apps.notifications.services import devices
from ghar.actors import ANONYMOUS, Actor
from tests.support import issuer
from tests.support.at_once import at_once
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/notifications/devices/register"
PHONE = {"token": "fcm:phone-1", "platform": "android", "app_version": "4.2.0", "locale": "en-IN"}


def register(client, **changes):
    return client.post(ADDRESS, {**PHONE, **changes}, format="json")


def owner_of(token: str = PHONE["token"]):
    return DeviceToken.objects.get(token=token).user


def test_it_is_the_callers(api, cast):
    answer = register(api.as_(cast.tenant))
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    device = DeviceToken.objects.get()
    assert (device.user, device.platform, device.app_version, device.locale, device.is_active) == (
        cast.tenant, "android", "4.2.0", "en-IN", True,
    )  # fmt: skip


def test_it_moves_to_whoever_signs_in_on_it_next(api, cast):
    register(api.as_(cast.tenant))
    register(api.as_(cast.owner), app_version="4.3.0")
    assert (owner_of(), DeviceToken.objects.get().app_version) == (cast.owner, "4.3.0")


def test_a_retired_one_comes_back(api, cast):
    register(api.as_(cast.tenant))
    devices.system_retire_token(token=PHONE["token"])
    assert not DeviceToken.objects.get().is_active
    register(api.as_(cast.tenant))
    assert DeviceToken.objects.get().is_active


def test_without_a_caller_it_is_nobodys_until_somebody_signs_in(api, cast):
    assert register(api).status_code == 200
    assert owner_of() is None
    register(api.as_(cast.tenant))
    assert owner_of() == cast.tenant


def test_whom_the_body_names_does_not_count(api, cast):
    register(api.as_(cast.tenant), user_id=cast.owner.subject)
    assert owner_of() == cast.tenant
    refused = register(api, token="another", user_id=cast.owner.subject)
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "SIGN_IN_TO_BIND_DEVICE")
    assert not DeviceToken.objects.filter(token="another").exists()


@pytest.mark.parametrize("expired", [False, True], ids=["anonymous", "expired"])
def test_nobody_takes_it_away_without_signing_in(api, cast, expired):
    register(api.as_(cast.tenant))
    client = api.with_token(issuer.token_for(cast.owner, exp=issuer.in_seconds(-60))) if expired else api
    refused = register(client, app_version="9.9.9")
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "DEVICE_OF_SOMEBODY")
    assert (owner_of(), DeviceToken.objects.get().app_version) == (cast.tenant, "4.2.0")


@pytest.mark.parametrize(
    ("field", "value"),
    [("token", None), ("token", ""), ("token", "two words"), ("token", "x" * 1025), ("token", "नमस्ते"),
     ("platform", "symbian"), ("platform", None), ("app_version", "1" * 33), ("locale", ["en"])],
)  # fmt: skip
def test_a_wrong_value_is_refused_by_name(api, cast, field, value):
    answer = register(api.as_(cast.tenant), **{field: value})
    assert answer.status_code == 422
    assert [wrong["loc"] for wrong in answer.json()["detail"]] == [["body", field]]
    assert not DeviceToken.objects.exists()


def test_the_one_that_was_away_longest_makes_room(cast):
    actor = Actor.of(cast.tenant)
    for number in range(devices.MOST_DEVICES + 2):
        devices.register_device(actor=actor, token=f"phone-{number}", platform="ios")
    gone = DeviceToken.objects.filter(user=cast.tenant, is_active=False).order_by("created_at")
    assert {device.token for device in gone} == {"phone-0", "phone-1"}


def test_more_devices_cost_no_more_statements(cast):
    actor = Actor.of(cast.tenant)

    def statements(token: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            devices.register_device(actor=actor, token=token, platform="ios")
        return len(captured)

    few = statements("phone-0")
    for number in range(1, 10):
        devices.register_device(actor=actor, token=f"phone-{number}", platform="ios")
    assert statements("phone-10") == few


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_has_it():
    cast = Cast()
    actors = [Actor.of(cast.tenant), Actor.of(cast.owner), Actor.of(cast.seeker), ANONYMOUS] * 2

    def call(actor: Actor) -> str:
        try:
            devices.register_device(actor=actor, token="shared", platform="web")
        except devices.DeviceOfSomebody:
            return "refused"
        return "done"

    answers = at_once([lambda actor=actor: call(actor) for actor in actors])
    assert answers.count("done") >= 6
    assert DeviceToken.objects.get().user in (cast.tenant, cast.owner, cast.seeker)
