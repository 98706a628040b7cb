"""An unmodified supabase-js client signs up, in and out, and carries its token to the platform."""

import time
from collections.abc import Callable
from typing import Any

import httpx2
import jwt
import pytest

from apps.identity.services import keys
from tests.identity.wire import PASSWORD, PHONE, code_sent_to, wrong
from tests.journeys import live
from tests.journeys.node import Client
from tests.kernel.asgi.live import free_port
from tests.support import issuer

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def base(transactional_db: None, lasting_server: Callable[..., str]) -> str:
    """One server for all of these, with a signing key that does not go with the rows of each test."""
    return lasting_server(IDENTITY_SIGNING_KEY=issuer.SIGNING_KEY)


def _me(base: str, token: str) -> httpx2.Response:
    return httpx2.get(f"{base}/api/v1/users/me", headers={"Authorization": f"Bearer {token}"}, trust_env=False)


def _sign_in(supabase: Client) -> dict[str, Any]:
    _, error = supabase.call("auth.signInWithOtp", {"phone": f"+{PHONE}"})
    assert error is None
    given = {"phone": f"+{PHONE}", "token": code_sent_to(PHONE), "type": "sms"}
    data, error = supabase.call("auth.verifyOtp", given)
    assert error is None
    session: dict[str, Any] = data["session"]
    return session


def test_a_person_signs_up_by_code_sets_a_password_and_signs_in_with_it(supabase: Client, base: str) -> None:
    asked = {"phone": f"+{PHONE}", "options": {"data": {"full_name": "Asha Rao"}}}
    data, error = supabase.call("auth.signInWithOtp", asked)
    assert error is None
    assert data["messageId"]
    code = code_sent_to(PHONE)

    _, error = supabase.call("auth.verifyOtp", {"phone": f"+{PHONE}", "token": wrong(code), "type": "sms"})
    assert error is not None
    assert (error["name"], error["status"], error["code"]) == ("AuthApiError", 403, "otp_expired")

    data, error = supabase.call("auth.verifyOtp", {"phone": f"+{PHONE}", "token": code, "type": "sms"})
    assert error is None
    assert data["user"]["phone"] == PHONE

    me = _me(base, data["session"]["access_token"]).json()
    assert (me["supabase_user_id"], me["full_name"]) == (data["user"]["id"], "Asha Rao")
    assert (me["phone"], me["phone_verified"]) == (f"+{PHONE}", True)

    _, error = supabase.call("auth.updateUser", {"password": "weak"})
    assert error is not None
    assert (error["name"], error["reasons"]) == ("AuthWeakPasswordError", ["length"])
    _, error = supabase.call("auth.updateUser", {"password": PASSWORD})
    assert error is None

    _, error = supabase.call("auth.signInWithPassword", {"phone": f"+{PHONE}", "password": "not it at all"})
    assert error is not None
    assert (error["status"], error["code"]) == (400, "invalid_credentials")
    data, error = supabase.call("auth.signInWithPassword", {"phone": f"+{PHONE}", "password": PASSWORD})
    assert error is None
    assert data["user"]["id"] == me["supabase_user_id"]


def test_a_sign_up_with_a_password_waits_for_its_code(supabase: Client) -> None:
    data, error = supabase.call("auth.signUp", {"phone": f"+{PHONE}", "password": PASSWORD})
    assert error is None
    assert data["session"] is None
    assert data["user"]["phone"] == PHONE
    _, error = supabase.call("auth.signInWithPassword", {"phone": f"+{PHONE}", "password": PASSWORD})
    assert error is not None
    assert error["code"] == "phone_not_confirmed"
    _, error = supabase.call("auth.resend", {"type": "sms", "phone": f"+{PHONE}"})
    assert error is None
    data, error = supabase.call("auth.verifyOtp", {"phone": f"+{PHONE}", "token": code_sent_to(PHONE), "type": "sms"})
    assert error is None
    assert data["session"]["access_token"]


def test_a_session_is_refreshed_read_and_ended(supabase: Client, base: str) -> None:
    first = _sign_in(supabase)
    data, error = supabase.call("auth.refreshSession")
    assert error is None
    second = data["session"]
    assert second["refresh_token"] != first["refresh_token"]

    data, error = supabase.call("auth.getUser")
    assert error is None
    assert data["user"]["id"] == first["user"]["id"]
    data, error = supabase.call("auth.getClaims")
    assert error is None
    assert data["claims"]["sub"] == first["user"]["id"]

    _, error = supabase.call("auth.signOut")
    assert error is None
    _, error = supabase.call("auth.getUser", second["access_token"])
    assert error is not None
    assert error["name"] == "AuthSessionMissingError"
    _, error = supabase.call("auth.refreshSession", {"refresh_token": second["refresh_token"]})
    assert error is not None
    assert (error["status"], error["code"]) == (400, "refresh_token_not_found")


def test_a_refresh_token_that_comes_back_ends_the_session(supabase: Client) -> None:
    first = _sign_in(supabase)["refresh_token"]
    supabase.call("auth.refreshSession")
    data, error = supabase.call("auth.refreshSession")
    assert error is None
    _, error = supabase.call("auth.refreshSession", {"refresh_token": first})
    assert error is not None
    assert (error["status"], error["code"]) == (400, "refresh_token_already_used")
    _, error = supabase.call("auth.refreshSession", {"refresh_token": data["session"]["refresh_token"]})
    assert error is not None
    assert error["code"] == "refresh_token_already_used"


def test_an_expired_token_is_refused(supabase: Client, base: str) -> None:
    session = _sign_in(supabase)
    signer = keys.system_signer()
    payload = jwt.decode(session["access_token"], options={"verify_signature": False})
    past = {**payload, "iat": int(time.time()) - 7200, "exp": int(time.time()) - 3600}
    expired = jwt.encode(past, signer.private_key, algorithm=keys.ALGORITHM, headers={"kid": signer.kid})

    refused = _me(base, expired)
    assert refused.status_code == 401
    assert "TOKEN_INVALID" in refused.json()["error"]["message"]
    _, error = supabase.call("auth.getUser", expired)
    assert error is not None
    assert (error["status"], error["code"]) == (403, "bad_jwt")
    assert _me(base, session["access_token"]).status_code == 200


def test_a_provider_that_is_away_is_told_apart_from_a_bad_token(supabase: Client) -> None:
    good = _sign_in(supabase)["access_token"]
    with live.server(SUPABASE_URL=f"http://127.0.0.1:{free_port()}") as other:
        away, bad = _me(other, good), _me(other, "nonsense")
        embedded = httpx2.get(f"{other}/auth/v1/.well-known/jwks.json", trust_env=False)
    assert away.status_code == 503
    assert away.json()["error"]["code"] == "AUTH_PROVIDER_UNREACHABLE"
    assert away.headers["Retry-After"] == "5"
    assert bad.status_code == 401
    assert embedded.status_code == 404
