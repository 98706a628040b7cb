"""Push to a browser: encrypted for it alone, and its subscription is retired when it wants nothing any more."""

import json
from collections.abc import Iterator

import pytest
from django.core.management import call_command

from apps.notifications.gateways import web_push
from apps.notifications.models import Delivery, DeviceToken
from ghar import clock
from tests.kernel.asgi.live import free_port
from tests.notifications.telling import tell
from tests.notifications.web_push_double import PushService, new_private_key

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/notifications/devices/register"
PUSHED = "app_update"


@pytest.fixture
def service(settings) -> Iterator[PushService]:
    """A push service that this deployment sends to."""
    made = PushService()
    settings.WEB_PUSH_PRIVATE_KEY, settings.WEB_PUSH_CONTACT = new_private_key(), "mailto:push@ghar.example"
    settings.WEB_PUSH_ORIGINS = [made.base]
    web_push.breaker_of.cache_clear()
    yield made
    made.stop()


@pytest.fixture
def register(api, cast):
    def ask(subscription: str, **changes):
        body = {"token": subscription, "platform": "web", **changes}
        return api.as_(cast.tenant).post(ADDRESS, body, format="json")

    return ask


def push(user, key: str = PUSHED, **values) -> Delivery:
    kept = tell(user, key, **values)
    call_command("run_job", "notifications.send_due_deliveries")
    return Delivery.objects.get(notification=kept, channel="push")


def test_the_browser_reads_the_words_and_what_it_opens(service, register, cast):
    assert register(service.subscribe()).status_code == 200
    sent = push(cast.tenant, title="Version 5", body="नया है", data={"visit_id": 7}, route="/visits")
    (message,) = service.taken
    assert (message["title"], message["body"], message["tag"]) == ("Version 5", "नया है", str(sent.notification_id))
    assert {key: message["data"][key] for key in ("visit_id", "route", "delivery_id")} == {
        "visit_id": "7", "route": "/visits", "delivery_id": str(sent.id),
    }  # fmt: skip
    (headers,) = service.headers
    assert (headers["Urgency"], headers["Topic"]) == ("normal", sent.notification_id.hex)
    assert (sent.status, sent.provider_id) == ("sent", f"{service.base}/message/1")


def test_what_is_urgent_says_so(service, register, cast):
    register(service.subscribe())
    push(cast.tenant, "security_alert")
    assert service.headers[0]["Urgency"] == "high"


def test_a_browser_is_one_device_however_it_writes_its_subscription(service, register, cast):
    subscription = service.subscribe()
    register(subscription)
    other = json.loads(subscription)
    register(json.dumps({**dict(reversed(other.items())), "expirationTime": 7}, separators=(",", ":")))
    assert DeviceToken.objects.count() == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_is_gone_is_retired(service, register, cast, status):
    register(service.subscribe())
    service.answers["firefox"] = (status, {})
    sent = push(cast.tenant)
    assert (sent.status, DeviceToken.objects.get().is_active) == ("failed", False)
    assert f"({status})" in sent.failure


@pytest.mark.parametrize(("status", "wanted"), [(400, "failed"), (413, "failed"), (302, "parked")])
def test_an_answer_that_is_no_yes_has_its_reason(service, register, cast, status, wanted):
    register(service.subscribe())
    service.answers["firefox"] = (status, {"Location": "/elsewhere"})
    sent = push(cast.tenant)
    assert (sent.status, DeviceToken.objects.get().is_active) == (wanted, True)
    assert str(status) in sent.failure


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_service_is_asked_again_when_it_says(service, register, cast, status):
    register(service.subscribe())
    service.answers["firefox"] = (status, {"Retry-After": "3600"})
    waits = push(cast.tenant)
    assert (waits.status, waits.attempts) == ("pending", 1)
    assert (waits.due_at - clock.now()).total_seconds() > 3500
    service.answers.clear()
    Delivery.objects.update(due_at=clock.now())
    call_command("run_job", "notifications.send_due_deliveries")
    assert [message["tag"] for message in service.taken] == [str(waits.notification_id)]


def test_a_service_that_fails_is_left_alone_and_others_are_not(service, register, cast, settings):
    settings.WEB_PUSH_ORIGINS = [service.base, f"http://127.0.0.1:{(away := free_port())}"]
    here, there = (
        service.subscribe("here"),
        service.subscribe("there").replace(service.base, f"http://127.0.0.1:{away}"),
    )
    register(there)
    for _ in range(6):
        push(cast.tenant)
    assert Delivery.objects.filter(failure__contains="left alone", attempts=0).count() == 1
    register(here)
    tell(cast.tenant, PUSHED)
    call_command("run_job", "notifications.send_due_deliveries")
    assert len(service.taken) == 1


def test_without_a_key_it_says_so(service, register, cast, settings):
    settings.WEB_PUSH_PRIVATE_KEY = ""
    register(service.subscribe())
    sent = push(cast.tenant)
    assert (sent.status, sent.failure, service.asked) == ("unavailable", web_push.NOT_SET_UP, 0)


def test_a_key_that_is_none_is_a_reason_and_no_fault(service, register, cast, settings):
    settings.WEB_PUSH_PRIVATE_KEY = "AAAA"
    register(service.subscribe())
    assert "WEB_PUSH_PRIVATE_KEY" in push(cast.tenant).failure


def test_long_words_are_shortened_and_what_is_still_too_long_is_given_up(service, register, cast):
    register(service.subscribe())
    assert push(cast.tenant, title="घ" * 200, body="घ" * 4000).status == "sent"
    assert push(cast.tenant, data={"long": "x" * 4000}).status == "failed"


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "https://evil.example/push"},
        {"endpoint": "http://127.0.0.1:1/firefox"},
        {"endpoint": "file:///etc/passwd"},
        {"endpoint": "https://[bad"},
        {"keys": {}},
        {"keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {"keys": None},
    ],
)
def test_a_subscription_that_is_none_is_refused(service, register, change):
    answer = register(json.dumps({**json.loads(service.subscribe()), **change}, separators=(",", ":")))
    assert answer.status_code == 422
    assert [field["loc"] for field in answer.json()["detail"]] == [["body", "token"]]
    assert not DeviceToken.objects.exists()


@pytest.mark.parametrize("text", ["{", "{}", '{"endpoint":7}', '{"endpoint":"https://a.example","keys":[]}'])
def test_nonsense_is_refused(service, register, text):
    assert register(text).status_code == 422


def test_it_is_taken_away_by_the_same_subscription(service, register, api, cast):
    subscription = service.subscribe()
    register(subscription)
    address = "/api/v1/notifications/devices/unregister"
    assert api.as_(cast.tenant).delete(address, query_params={"token": subscription}).status_code == 200
    assert not DeviceToken.objects.get().is_active


def test_browsers_are_given_the_public_key(service, api, settings):
    address = "/api/v1/notifications/web-push-key"
    assert len(api.get(address).json()["public_key"]) == 87
    settings.WEB_PUSH_PRIVATE_KEY = ""
    answer = api.get(address)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "WEB_PUSH_NOT_SET_UP")
