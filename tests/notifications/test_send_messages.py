"""Admins say something to devices, to a topic, to one person; the outbox has it, with who said it."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.notifications.models import Delivery, DeviceToken, Notification
from apps.notifications.services import devices, messages, topics
from ghar.actors import Actor
from tests.notifications.telling import titles_of, with_email

pytestmark = pytest.mark.django_db
BASE = "/api/v1/notifications/send"
TEXT = {"title": "Hello", "body": "A word from us.", "data": {"promo": "diwali"}, "deep_link": "/offers"}


@pytest.fixture
def admin(api, cast):
    return api.as_(cast.admin)


def send(client, to: str, **body):
    return client.post(f"{BASE}/{to}", {**TEXT, **body}, format="json")


def device_of(user, token: str = "phone") -> None:
    devices.register_device(actor=Actor.of(user), token=token, platform="ios")


def run_the_clock() -> None:
    call_command("run_job", "notifications.send_due_deliveries")


def test_one_device_is_sent_to(admin, cast, fcm):
    device_of(cast.tenant)
    answer = send(admin, "token", token="phone", image="https://pictures.example/a.webp")
    said = answer.json()
    assert (answer.status_code, said["ok"], said["sent"], said["error"]) == (200, True, 1, None)
    run_the_clock()
    (message,) = fcm.taken
    assert (message["token"], message["notification"]["image"]) == ("phone", "https://pictures.example/a.webp")
    assert (message["data"]["promo"], message["data"]["deep_link"]) == ("diwali", "/offers")
    assert message["data"]["delivery_id"] == said["delivery_ids"][0]
    kept = Notification.objects.get(pk=said["notification_id"])
    assert (kept.audience, kept.user, kept.type, kept.sent_by) == ("tokens", None, "admin_broadcast", cast.admin)
    assert titles_of(cast.tenant) == []


def test_a_device_that_nobody_registered_is_sent_to_as_well(admin, fcm):
    send(admin, "token", token="unknown")
    run_the_clock()
    assert [message["token"] for message in fcm.taken] == ["unknown"]


def test_who_wants_nothing_any_more_gets_nothing(admin, cast, fcm):
    device_of(cast.tenant)
    devices.unregister_device(actor=Actor.of(cast.tenant), token="phone")
    said = send(admin, "token", token="phone").json()
    assert (said["ok"], said["sent"], said["skipped"]) == (False, 0, "retired")
    assert send(admin, "bulk", tokens=["phone", "other"]).json()["sent"] == 1
    run_the_clock()
    assert [message["token"] for message in fcm.taken] == ["other"]


def test_many_devices_are_sent_to_each_once(admin, cast, fcm):
    device_of(cast.tenant, "a")
    said = send(admin, "bulk", tokens=["a", "b", "a"]).json()
    assert (said["ok"], said["requested"], said["sent"]) == (True, 3, 2)
    run_the_clock()
    assert sorted(message["token"] for message in fcm.taken) == ["a", "b"]


def test_more_devices_cost_no_more_statements(cast):
    actor = Actor.of(cast.admin)

    def statements(tokens: list[str]) -> int:
        with CaptureQueriesContext(connection) as captured:
            messages.send_to_tokens(actor=actor, tokens=tokens, title="Hello", body="You")
        return len(captured)

    assert statements(["a"]) == statements([f"phone-{number}" for number in range(100)])


def test_a_topic_is_sent_to_by_its_name(admin, fcm):
    said = send(admin, "topic", topic="gurugram").json()
    assert (said["ok"], said["sent"]) == (True, 1)
    run_the_clock()
    assert (fcm.taken[0]["topic"], "token" in fcm.taken[0]) == ("gurugram", False)
    kept = Notification.objects.get()
    assert (kept.audience, kept.topic) == ("topic", "gurugram")


def test_a_person_is_sent_to_whatever_they_switched_off(admin, cast, fcm):
    user = with_email(cast.tenant, push_notifications=False)
    device_of(user, "phone"), device_of(user, "tablet")
    said = send(admin, "user", user_id=user.subject).json()
    assert (said["ok"], said["sent"]) == (True, 2)
    run_the_clock()
    assert sorted(message["token"] for message in fcm.taken) == ["phone", "tablet"]
    assert titles_of(user) == ["Hello"]
    assert set(Delivery.objects.values_list("channel", flat=True)) == {"push"}


def test_a_person_without_a_device_has_it_in_their_list(admin, cast):
    said = send(admin, "user", user_id=cast.tenant.subject).json()
    assert (said["sent"], said["notification_id"] is not None) == (0, True)
    assert titles_of(cast.tenant) == ["Hello"]


@pytest.mark.parametrize("user_id", ["7a1f8cf2-1111-4222-8333-444444444444", "nobody"])
def test_a_person_who_is_not_there_is_not_found(admin, user_id):
    answer = send(admin, "user", user_id=user_id)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "USER_NOT_FOUND")


def test_who_is_suspended_is_skipped(admin, cast):
    cast.tenant.is_active = False
    cast.tenant.save()
    said = send(admin, "user", user_id=cast.tenant.subject).json()
    assert (said["sent"], said["notification_id"], said["skipped"]) == (0, None, "inactive")


def test_without_a_provider_it_says_so(admin, cast):
    device_of(cast.tenant)
    said = send(admin, "user", user_id=cast.tenant.subject).json()
    assert (said["ok"], said["sent"]) == (False, 1)
    assert "No push provider" in said["error"]


def test_a_repetition_with_its_key_says_it_once(admin, cast):
    device_of(cast.tenant)
    body = {**TEXT, "user_id": cast.tenant.subject}
    answers = [admin.post(f"{BASE}/user", body, format="json", HTTP_IDEMPOTENCY_KEY="once").json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert titles_of(cast.tenant) == ["Hello"]


def test_a_type_goes_through_the_channels_that_somebody_wants(admin, cast, settings):
    settings.EMAIL_HOST = "mail.example"
    user = with_email(cast.tenant)
    device_of(user)
    done = send(admin, "typed/user", user_id=user.id, type_key="promotion_generic").json()
    assert (done["type_key"], done["title"], done["error"]) == ("promotion_generic", "Hello", None)
    assert {name: channel["ok"] for name, channel in done["channels"].items()} == {"email": True, "push": False}
    assert titles_of(user) == ["Hello"]


def test_a_type_that_nobody_declares_is_a_broadcast(admin, cast):
    assert (
        send(admin, "typed/user", user_id=cast.tenant.id, type_key="nonsense").json()["type_key"] == "admin_broadcast"
    )


def test_over_the_cap_it_is_held_back(admin, cast):
    user = with_email(cast.tenant)
    errors = [send(admin, "typed/user", user_id=user.id, type_key="win_back").json()["error"] for _ in range(2)]
    assert errors == [None, "held_back"]


def test_a_type_to_who_is_not_there_says_so(admin):
    done = send(admin, "typed/user", user_id=987654321, type_key="app_update")
    assert (done.status_code, done.json()["error"], done.json()["channels"]) == (200, "user_not_found", {})


WRONG = [
    ("token", {"token": "a b"}, "token"),
    ("token", {"token": "a", "image": "no"}, "image"),
    ("token", {"token": "a", "title": ""}, "title"),
    ("token", {"token": "a", "title": "x" * 201}, "title"),
    ("token", {"token": "a", "body": None}, "body"),
    ("token", {"token": "a", "data": {"n": {"deep": 1}}}, "data"),
    ("token", {"token": "a", "data": {"google.x": "1"}}, "data"),
    ("token", {"token": "a", "data": {"a\x00": "1"}}, "data"),
    ("token", {"token": "a", "data": {"a": "x" * 3000}}, "data"),
    ("token", {"token": "a", "data": []}, "data"),
    ("bulk", {"tokens": []}, "tokens"),
    ("bulk", {"tokens": ["a"] * 501}, "tokens"),
    ("topic", {"topic": "two words"}, "topic"),
    ("topic", {"topic": "x" * 201}, "topic"),
    ("user", {}, "user_id"),
    ("typed/user", {"user_id": 2**63, "type_key": "win_back"}, "user_id"),
    ("typed/user", {"user_id": 1}, "type_key"),
]


@pytest.mark.parametrize(("to", "body", "field"), WRONG, ids=[f"{to}-{field}" for to, _, field in WRONG])
def test_a_wrong_value_is_refused_by_name(admin, to, body, field):
    answer = send(admin, to, **body)
    assert answer.status_code == 422
    assert {wrong["loc"][1] for wrong in answer.json()["detail"]} == {field}
    assert not Notification.objects.exists()


def test_only_admins_speak_for_the_platform(api, cast):
    answer = send(api.as_(cast.agent), "token", token="phone")
    assert answer.status_code == 403
    with pytest.raises(messages.OnlyAdminsSend):
        topics.send_to_topic(actor=Actor.of(cast.agent), topic="all", title="Hello", body="You")
    assert not Notification.objects.exists()


@pytest.mark.parametrize("token", ["phone", "unknown"])
def test_what_went_to_a_device_is_opened_by_whose_it_is_or_by_anybody(api, admin, cast, token):
    device_of(cast.tenant)
    said = send(admin, "token", token=token).json()
    opened = f"/api/v1/notifications/deliveries/{said['delivery_ids'][0]}/opened"
    assert api.as_(cast.owner).post(opened).status_code == (403 if token == "phone" else 200)
    assert api.as_(cast.tenant).post(opened).status_code == 200
    assert DeviceToken.objects.count() == 1
