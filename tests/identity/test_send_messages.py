"""Codes leave through the gateways; in production no code is readable, and nothing is promised that cannot be sent."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core import mail

from apps.identity.models import Account, OutboxMessage
from tests.identity.wire import EMAIL, PASSWORD, PHONE, Wire

pytestmark = pytest.mark.django_db


class SmsProvider:
    """Takes messages as the gateway's contract says; refuses them when told to."""

    def __init__(self) -> None:
        self.taken: list[tuple[str | None, dict[str, str]]] = []
        self.status = 202
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                provider.taken.append((self.headers["Authorization"], body))
                self.send_response(provider.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                """Quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def sms(settings: Any) -> Iterator[SmsProvider]:
    """An SMS provider in a production deployment."""
    provider = SmsProvider()
    settings.ENVIRONMENT = "production"
    settings.SMS_PROVIDER_API_URL = f"http://127.0.0.1:{provider.server.server_port}/send"
    settings.SMS_PROVIDER_API_KEY, settings.SMS_SENDER_ID = "sms key", "GHAR"
    yield provider
    provider.server.shutdown()
    provider.server.server_close()


def test_an_sms_carries_the_code_and_the_outbox_does_not(wire: Wire, sms: SmsProvider) -> None:
    assert wire.ask_code(PHONE).status_code == 200
    key, message = sms.taken[0]
    assert key == "Bearer sms key"
    assert (message["to"], message["sender_id"]) == (f"+{PHONE}", "GHAR")
    kept = OutboxMessage.objects.get()
    assert (kept.text, kept.delivery) == (None, "sent")
    assert wire.verify(PHONE, message["message"][:6]).status_code == 200


def test_an_sms_that_is_refused_is_a_503_and_noted(wire: Wire, sms: SmsProvider) -> None:
    sms.status = 500
    failed = wire.ask_code(PHONE)
    assert (failed.status_code, failed.json()["code"]) == (503, "sms_send_failed")
    assert failed["Retry-After"]
    assert OutboxMessage.objects.get().delivery == "failed"


def test_mail_carries_the_code(wire: Wire, settings: Any) -> None:
    settings.ENVIRONMENT, settings.EMAIL_HOST = "production", "mail.example"
    assert wire.ask_code(EMAIL).status_code == 200
    assert mail.outbox[0].to == [EMAIL]
    assert OutboxMessage.objects.get().text is None
    assert wire.verify(EMAIL, mail.outbox[0].body[:6]).status_code == 200


def test_a_deployment_that_cannot_send_says_so_and_makes_nothing(wire: Wire, settings: Any) -> None:
    settings.ENVIRONMENT, settings.EMAIL_HOST, settings.SMS_PROVIDER_API_URL = "production", "", ""
    by_phone = wire.ask_code(PHONE)
    assert (by_phone.status_code, by_phone.json()["code"]) == (400, "phone_provider_disabled")
    by_email = wire.post("signup", {"email": EMAIL, "password": PASSWORD})
    assert (by_email.status_code, by_email.json()["code"]) == (400, "email_provider_disabled")
    assert not Account.objects.exists()


def test_outside_production_the_outbox_shows_the_text(wire: Wire) -> None:
    wire.ask_code(PHONE)
    kept = OutboxMessage.objects.get()
    assert "sign-in code" in (kept.text or "")
    assert kept.delivery == "sent"
