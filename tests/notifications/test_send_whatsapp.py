"""WhatsApp: for whoever asked for it, as a template, and every answer has its consequence."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.management import call_command

from apps.notifications.gateways import whatsapp
from apps.notifications.models import Delivery
from tests.kernel.asgi.live import free_port
from tests.notifications.telling import tell

pytestmark = pytest.mark.django_db
CRITICAL = "security_alert"


class CloudApi:
    """Meta's side: one number, one token, one approved template with two parameters."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.answer: tuple[int, bytes] | None = None
        self.asked = 0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def take(self, path: str, bearer: str | None, body: dict[str, Any]) -> tuple[int, bytes]:
        self.asked += 1
        if self.answer is not None:
            return self.answer
        if path != "/v23.0/1055/messages" or bearer != "Bearer token-1":
            return refusal(190)
        template = body["template"]
        texts = [parameter["text"] for part in template["components"] for parameter in part["parameters"]]
        if (template["name"], template["language"]) != ("ghar_notice", {"code": "en"}) or len(texts) != 2:
            return refusal(132000)
        if not body["to"].isdigit() or any("\n" in text or not text or len(text) > 1024 for text in texts):
            return refusal(100)
        self.taken.append({"to": body["to"], "texts": texts})
        return 200, json.dumps({"messages": [{"id": f"wamid.{len(self.taken)}"}]}).encode()


def refusal(code: int, status: int = 400) -> tuple[int, bytes]:
    return status, json.dumps({"error": {"code": code, "message": "no", "type": "OAuthException"}}).encode()


def _handler(meta: CloudApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            status, body = meta.take(self.path, self.headers["Authorization"], json.loads(content))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    return Handler


@pytest.fixture
def meta(settings) -> Iterator[CloudApi]:
    made = CloudApi()
    settings.WHATSAPP_API_URL = f"http://127.0.0.1:{made.server.server_port}/v23.0"
    settings.WHATSAPP_PHONE_ID, settings.WHATSAPP_TOKEN = "1055", "token-1"
    settings.WHATSAPP_TEMPLATE, settings.WHATSAPP_LANGUAGE = "ghar_notice", "en"
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def person(cast):
    """Somebody with a phone who asked for WhatsApp."""
    cast.tenant.notification_settings = {"whatsapp_notifications": True}
    cast.tenant.save()
    return cast.tenant


def told(user, key: str = CRITICAL, **values: Any) -> Delivery | None:
    kept = tell(user, key, **values)
    call_command("run_job", "notifications.send_due_deliveries")
    return Delivery.objects.filter(notification=kept, channel="whatsapp").first()


def test_the_words_go_as_a_template(meta, person):
    sent = told(person, title="New sign-in", body="From a phone.\n\nWas it   you?")
    assert meta.taken == [{"to": person.phone.removeprefix("+"), "texts": ["New sign-in", "From a phone. Was it you?"]}]
    assert (sent.status, sent.provider_id, sent.recipient) == ("sent", "wamid.1", person.phone)


def test_who_did_not_ask_for_it_gets_none(meta, cast):
    assert told(cast.owner) is None
    assert meta.asked == 0


def test_what_may_not_go_by_sms_does_not_go_by_whatsapp(meta, person):
    assert told(person, "app_update") is None


def test_long_words_are_shortened(meta, person):
    assert told(person, title="घ" * 200, body="घ" * 4000).status == "sent"


@pytest.mark.parametrize(
    ("answer", "status", "reason"),
    [
        (refusal(131026), "failed", "131026"),
        (refusal(132001, 404), "failed", "132001"),
        (refusal(130429), "pending", "130429"),
        (refusal(190, 401), "pending", "190"),
        ((429, b""), "pending", "429"),
        ((503, b"<html>"), "pending", "503"),
        ((200, b"<html>"), "parked", "200"),
        ((200, b'{"messages":[]}'), "parked", "200"),
        ((400, b"[]"), "parked", "400"),
    ],
)
def test_every_answer_has_its_consequence(meta, person, answer, status, reason):
    meta.answer = answer
    sent = told(person)
    assert sent.status == status
    assert reason in sent.failure


def test_an_api_that_is_away_is_tried_again(meta, person, settings):
    settings.WHATSAPP_API_URL = f"http://127.0.0.1:{free_port()}"
    sent = told(person)
    assert (sent.status, sent.attempts) == ("pending", 1)


def test_without_a_number_it_says_so(meta, person, settings):
    settings.WHATSAPP_PHONE_ID = ""
    sent = told(person)
    assert (sent.status, sent.failure, meta.asked) == ("unavailable", whatsapp.NOT_SET_UP, 0)
