"""Push goes to each device of a person, and every answer of the provider has its consequence."""

import json
import time

import pytest
from django.core.management import call_command

from apps.notifications.gateways import breaker
from apps.notifications.gateways import fcm as gateway
from apps.notifications.models import Delivery, DeviceToken
from apps.notifications.services import delivering, devices
from ghar import clock
from ghar.actors import Actor
from tests.kernel.asgi.live import free_port
from tests.notifications.fcm_double import refusal
from tests.notifications.telling import tell

pytestmark = pytest.mark.django_db
PUSHED = "app_update"


def device_of(user, token: str = "phone-1") -> DeviceToken:
    devices.register_device(actor=Actor.of(user), token=token, platform="android")
    return DeviceToken.objects.get(token=token)


def push(user, key: str = PUSHED, **values) -> Delivery:
    """Tell somebody and let the clock carry it out."""
    kept = tell(user, key, **values)
    run_the_clock()
    return Delivery.objects.get(notification=kept, channel="push")


def run_the_clock() -> None:
    call_command("run_job", "notifications.send_due_deliveries")


def test_the_app_is_given_the_words_and_what_it_opens(cast, fcm):
    device_of(cast.tenant)
    sent = push(cast.tenant, title="Version 5", body="It is new.", data={"visit_id": 7, "x": None}, route="/visits")
    (message,) = fcm.taken
    assert (message["token"], message["notification"]) == ("phone-1", {"title": "Version 5", "body": "It is new."})
    told = message["data"]
    assert json.loads(told.pop("_meta")) == {"type_key": PUSHED, "channel": "push", "priority": "normal"}
    assert told == {
        "visit_id": "7", "x": "null", "deep_link": "/visits", "route": "/visits", "type_key": PUSHED,
        "notification_id": str(sent.notification_id), "delivery_id": str(sent.id),
    }  # fmt: skip
    assert message["android"]["priority"] == "NORMAL"
    assert message["apns"]["headers"]["apns-collapse-id"] == str(sent.notification_id)
    assert (sent.status, sent.provider_id) == ("sent", "projects/ghar-test/messages/1")


def test_what_is_urgent_says_so(cast, fcm):
    device_of(cast.tenant)
    push(cast.tenant, "security_alert")
    android = fcm.taken[0]["android"]
    assert (android["priority"], android["notification"]["channel_id"]) == ("HIGH", "high_importance_channel")


def test_long_words_are_shortened_to_what_a_message_may_have(cast, fcm):
    device_of(cast.tenant)
    assert push(cast.tenant, title="घ" * 200, body="घ" * 4000).status == "sent"


def test_each_device_has_a_delivery_of_its_own(cast, fcm):
    device_of(cast.tenant, "phone"), device_of(cast.tenant, "tablet"), device_of(cast.owner, "another")
    fcm.answers["tablet"] = refusal(503, "UNAVAILABLE")
    tell(cast.tenant, PUSHED)
    run_the_clock()
    assert [message["token"] for message in fcm.taken] == ["phone"]
    statuses = Delivery.objects.values_list("device__token", "status")
    assert set(statuses) == {("phone", "sent"), ("tablet", "pending")}
    del fcm.answers["tablet"]
    Delivery.objects.filter(status="pending").update(due_at=clock.now())
    run_the_clock()
    assert [message["token"] for message in fcm.taken] == ["phone", "tablet"]


def test_a_device_that_became_anothers_is_not_told(cast, fcm):
    device_of(cast.tenant)
    kept = tell(cast.tenant, PUSHED)
    device_of(cast.owner)
    run_the_clock()
    sent = Delivery.objects.get(notification=kept)
    assert (sent.status, sent.failure, fcm.asked) == ("failed", "The device is not this person's any more.", 0)


GONE = {
    "unregistered": refusal(404, "UNREGISTERED"),
    "of another project": refusal(403, "SENDER_ID_MISMATCH"),
    "no token": refusal(400, "INVALID_ARGUMENT", fieldViolations=[{"field": "message.token"}]),
}


@pytest.mark.parametrize("answer", GONE.values(), ids=GONE)
def test_a_token_that_reaches_nobody_is_retired(cast, fcm, answer):
    device = device_of(cast.tenant)
    fcm.answers["phone-1"] = answer
    assert push(cast.tenant).status == "failed"
    device.refresh_from_db()
    assert (device.is_active, device.user) == (False, cast.tenant)
    tell(cast.tenant, PUSHED)
    assert Delivery.objects.count() == 1


def test_another_refusal_is_final_and_keeps_the_device(cast, fcm):
    device = device_of(cast.tenant)
    fcm.answers["phone-1"] = refusal(400, "INVALID_ARGUMENT", fieldViolations=[{"field": "message.android"}])
    sent = push(cast.tenant)
    assert (sent.status, sent.failure) == ("failed", "FCM refused it: INVALID_ARGUMENT (400).")
    device.refresh_from_db()
    assert device.is_active


MALFORMED = {
    "a page": (200, b"<html>welcome</html>"),
    "nothing": (200, b""),
    "a list": (200, b"[]"),
    "no name": (200, b"{}"),
    "an odd name": (200, b'{"name": 7}'),
    "a refusal that is a page": (403, b"<html>proxy</html>"),
    "a refusal without an error": (404, b'{"message": "no"}'),
    "a way elsewhere": (302, b"{}"),
}


@pytest.mark.parametrize("answer", MALFORMED.values(), ids=MALFORMED)
def test_an_answer_that_nobody_can_read_parks_it(cast, fcm, answer):
    device = device_of(cast.tenant)
    fcm.answers["phone-1"] = answer
    sent = push(cast.tenant)
    assert (sent.status, sent.attempts) == ("parked", 1)
    assert sent.failure.startswith("FCM answered ")
    run_the_clock()
    device.refresh_from_db()
    assert (fcm.asked, device.is_active) == (1, True)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_provider_in_trouble_is_asked_again_when_it_said(cast, fcm, status):
    device_of(cast.tenant)
    fcm.answers["phone-1"], fcm.headers = refusal(status, "UNAVAILABLE"), {"Retry-After": "7200"}
    sent = push(cast.tenant)
    assert (sent.status, sent.attempts, sent.failure) == ("pending", 1, f"Google answered {status}.")
    assert (sent.due_at - sent.created_at).total_seconds() > 7000


def test_a_provider_that_is_away_is_asked_again(cast, fcm, settings):
    device_of(cast.tenant)
    settings.FCM_API_URL = f"http://127.0.0.1:{free_port()}"
    sent = push(cast.tenant)
    assert (sent.status, sent.attempts) == ("pending", 1)
    assert sent.failure.startswith("Google cannot be reached")


def test_one_sign_in_serves_many_messages_and_is_renewed_when_refused(cast, fcm):
    device_of(cast.tenant)
    push(cast.tenant), push(cast.tenant)
    assert (fcm.sign_ins, len(fcm.taken)) == (1, 2)
    fcm.token = "revoked"
    sent = push(cast.tenant)
    assert (sent.status, sent.failure) == ("pending", "FCM did not accept our access token (401).")
    Delivery.objects.update(due_at=clock.now())
    run_the_clock()
    sent.refresh_from_db()
    assert (sent.status, fcm.sign_ins) == ("sent", 2)


@pytest.mark.parametrize("answer", [(400, b'{"error": "invalid_grant"}'), (200, b"{}"), (200, b"[]"), (200, b"no")])
def test_a_sign_in_that_fails_is_tried_again(cast, fcm, answer):
    device_of(cast.tenant)
    fcm.token_answer = answer
    sent = push(cast.tenant)
    assert (sent.status, sent.attempts, fcm.asked) == ("pending", 1, 0)


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b"{}", b'{"client_email": "a", "private_key": "b", "token_uri": "c"}']
)
def test_broken_credentials_lose_nothing(cast, fcm, settings, tmp_path, content):
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    settings.GOOGLE_APPLICATION_CREDENTIALS = str(path)
    device_of(cast.tenant)
    sent = push(cast.tenant)
    assert (sent.status, fcm.asked) == ("pending", 0)
    assert "GOOGLE_APPLICATION_CREDENTIALS" in sent.failure


def test_a_provider_that_keeps_failing_is_left_alone_and_asked_once_after_a_rest(cast, fcm):
    for number in range(8):
        device_of(cast.tenant, f"phone-{number}")
        fcm.answers[f"phone-{number}"] = refusal(503, "UNAVAILABLE")
    tell(cast.tenant, PUSHED)
    run_the_clock()
    assert fcm.asked == breaker.FAILURES
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0] * 3 + [1] * breaker.FAILURES
    gateway.breaker._open_until = time.monotonic()  # the rest is over
    Delivery.objects.update(due_at=clock.now())
    run_the_clock()
    assert fcm.asked == breaker.FAILURES + 1
    gateway.breaker._open_until = time.monotonic()
    fcm.answers.clear()
    Delivery.objects.update(due_at=clock.now())
    run_the_clock()
    assert len(fcm.taken) == 8


def test_without_a_project_it_says_so(cast, caplog):
    device_of(cast.tenant)
    with caplog.at_level("INFO"):
        sent = push(cast.tenant, body="It is new.")
    assert (sent.status, sent.failure) == ("unavailable", gateway.NOT_SET_UP)
    assert "It is new." in caplog.text


def test_of_two_workers_one_sends(cast, fcm):
    device_of(cast.tenant)
    kept = tell(cast.tenant, PUSHED)
    sent = Delivery.objects.get(notification=kept)
    assert delivering._take(sent.id) is not None
    assert not delivering.system_send_delivery(delivery_id=sent.id)
    assert fcm.asked == 0
