"""The identity provider tells of a new password, signed: the person is signed out everywhere."""

import base64
import hashlib
import hmac
import json
import time

import pytest

from apps.identity.models import Session
from apps.identity.services.administration import system_ensure_account
from ghar import clock

pytestmark = pytest.mark.django_db
URL = "/api/v1/webhooks/auth/password-changed"
SECRET = "the-secret-that-both-sides-know"


@pytest.fixture(autouse=True)
def secret(settings):
    settings.SUPABASE_WEBHOOK_SECRET = SECRET


@pytest.fixture
def session():
    account = system_ensure_account(phone="+919810000003")
    return Session.objects.create(account=account, method="otp", refreshed_at=clock.now())


def digest(message, secret=SECRET):
    return hmac.new(secret.encode(), message, hashlib.sha256)


def send(api, body, signature, **headers):
    given = {"HTTP_X_SUPABASE_SIGNATURE": signature} if signature is not None else {}
    return api.generic("POST", URL, body, content_type="application/json", **given, **headers)


def about(session):
    return json.dumps({"user_id": str(session.account_id)}).encode()


def spelled(form, made):
    return made.hexdigest() if form == "hex" else base64.b64encode(made.digest()).decode()


@pytest.mark.parametrize("form", ["hex", "base64"])
def test_a_signed_message_ends_the_sessions(api, session, form):
    body = about(session)
    answer = send(api, body, spelled(form, digest(body)))
    assert answer.status_code == 200
    assert answer.json() == {"status": "revoked", "user_id": str(session.account_id)}
    session.refresh_from_db()
    assert session.ended_at is not None


def test_somebody_unknown_is_no_error(api):
    body = b'{"user_id": "nobody"}'
    assert send(api, body, digest(body).hexdigest()).status_code == 200


@pytest.mark.parametrize("body", [b'{"user_id": "x"}', b"{}", b"no json", b""])
@pytest.mark.parametrize("signature", [None, "", "00" * 32, "\u00e9", digest(b"another").hexdigest()])
def test_the_signature_comes_before_the_body(api, body, signature):
    answer = send(api, body, signature)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "WEBHOOK_SIGNATURE_REFUSED")
    assert "Invalid or missing signature" in answer.json()["detail"]


def test_without_a_secret_nothing_is_believed(api, settings):
    settings.SUPABASE_WEBHOOK_SECRET = ""
    body = b'{"user_id": "x"}'
    assert send(api, body, digest(body, "").hexdigest()).status_code == 401


@pytest.mark.parametrize("body", [b"{}", b'{"user_id": ""}', b'{"user_id": null}'])
def test_a_signed_message_about_nobody_names_the_field(api, body):
    answer = send(api, body, digest(body).hexdigest())
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["body", "user_id"])


def dated(api, session, when, form="hex"):
    body = about(session)
    signature = spelled(form, digest(f"{when}.".encode() + body))
    return send(api, body, signature, HTTP_X_SUPABASE_TIMESTAMP=str(when))


def test_a_dated_message_is_taken_once(api, session):
    now = int(time.time())
    assert [dated(api, session, now).status_code for _ in range(2)] == [200, 401]
    assert dated(api, session, now, "base64").status_code == 401


@pytest.mark.parametrize("shift", [-301, 302])
def test_an_old_or_early_message_is_refused(api, session, shift):
    assert dated(api, session, int(time.time()) + shift).status_code == 401


@pytest.mark.parametrize("when", ["soon", "-1", "9" * 400, "\u0661"])
def test_a_date_that_is_none_is_refused(api, session, when):
    assert dated(api, session, when).status_code == 401


def test_dates_can_be_insisted_on(api, session, settings):
    settings.SUPABASE_WEBHOOK_TIMESTAMPS = True
    body = about(session)
    assert send(api, body, digest(body).hexdigest()).status_code == 401
    assert dated(api, session, int(time.time())).status_code == 200
