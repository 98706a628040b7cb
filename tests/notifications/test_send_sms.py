"""SMS leaves through the provider of the deployment, or says that there is none."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core.management import call_command

from apps.notifications.models import Delivery
from tests.notifications.telling import tell, with_email

pytestmark = pytest.mark.django_db


class Provider:
    """Takes messages as the gateway's contract says; refuses them when told to."""

    def __init__(self) -> None:
        self.taken: list[tuple[str | None, dict[str, str]]] = []
        self.status = 202
        self.server = HTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            provider.taken.append((self.headers["Authorization"], body))
            self.send_response(provider.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    return Handler


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    taker = Provider()
    settings.SMS_PROVIDER_API_URL = f"http://127.0.0.1:{taker.server.server_port}/send"
    settings.SMS_PROVIDER_API_KEY = "sms key"
    yield taker
    taker.server.shutdown()
    taker.server.server_close()


def send_alert(user: Any) -> Delivery:
    kept = tell(user, "security_alert", body="Somebody signed in.")
    call_command("run_job", "notifications.send_due_deliveries")
    return Delivery.objects.get(notification=kept, channel="sms")


def test_it_carries_the_words(cast, provider):
    sent = send_alert(cast.tenant)
    assert sent.status == "sent"
    assert provider.taken == [("Bearer sms key", {"to": cast.tenant.phone, "message": "Somebody signed in."})]


def test_what_is_refused_is_tried_again(cast, provider):
    provider.status = 500
    sent = send_alert(cast.tenant)
    assert (sent.status, sent.failure) == ("pending", "The SMS provider answered 500.")


def test_without_a_provider_it_says_so(cast):
    sent = send_alert(with_email(cast.tenant))
    assert (sent.status, sent.failure) == ("unavailable", "No SMS provider is set up (SMS_PROVIDER_API_URL).")
