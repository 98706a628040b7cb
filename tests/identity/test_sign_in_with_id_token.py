"""Native clients bring an id token from Google, checked against Google's own keys."""

import base64
import hashlib
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from apps.identity.models import Account
from tests.identity.google_double import Google, hashed
from tests.identity.wire import EMAIL, PASSWORD, Wire

pytestmark = pytest.mark.django_db


def _bring(wire: Wire, token: str, **more: Any) -> Any:
    return wire.post("token?grant_type=id_token", {"provider": "google", "id_token": token, **more})


def test_a_good_token_signs_in_and_again_to_the_same_account(wire: Wire, google: Google) -> None:
    first, second = _bring(wire, google.id_token()), _bring(wire, google.id_token(email="new@example.com"))
    assert first.status_code == 200, first.json()
    assert first.json()["user"]["email"] == EMAIL
    assert first.json()["user"]["id"] == second.json()["user"]["id"]


def test_a_hashed_nonce_fits_its_plain_one(wire: Wire, google: Google) -> None:
    assert _bring(wire, google.id_token(nonce=hashed("n1")), nonce="n1").status_code == 200


@pytest.mark.parametrize(
    ("claims", "more"),
    [
        ({"aud": "another.app"}, {}),
        ({"iss": "https://evil.example"}, {}),
        ({"exp": 1_700_000_000}, {}),
        ({"nonce": hashed("n1")}, {"nonce": "n2"}),
        ({"nonce": hashed("n1")}, {}),
        ({}, {"nonce": "n1"}),
        ({"at_hash": "wrong"}, {"access_token": "ya29"}),
        ({"sub": None}, {}),
    ],
)
def test_a_token_that_does_not_fit_is_refused(wire: Wire, google: Google, claims: Any, more: Any) -> None:
    refused = _bring(wire, google.id_token(**claims), **more)
    assert (refused.status_code, refused.json()["code"]) == (400, "validation_failed")
    assert not Account.objects.exists()


def test_an_access_token_that_fits_is_taken(wire: Wire, google: Google) -> None:
    left_half = hashlib.sha256(b"ya29").digest()[:16]
    at_hash = base64.urlsafe_b64encode(left_half).rstrip(b"=").decode()
    assert _bring(wire, google.id_token(at_hash=at_hash), access_token="ya29").status_code == 200


@pytest.mark.parametrize("token", ["nonsense", "a.b.c", "e30.e30.e30"])
def test_what_is_no_token_is_refused(wire: Wire, google: Google, token: str) -> None:
    assert _bring(wire, token).json()["code"] == "validation_failed"


def test_a_token_signed_by_somebody_else_is_refused(wire: Wire, google: Google) -> None:
    google.key, theirs = rsa.generate_private_key(public_exponent=65537, key_size=2048), google.key
    payload = jwt.decode(google.id_token(), options={"verify_signature": False})
    forged = jwt.encode(payload, theirs, algorithm="RS256", headers={"kid": "google-key"})
    assert _bring(wire, forged).status_code == 400


def test_a_verified_address_leads_to_its_account(wire: Wire, google: Google) -> None:
    member = wire.member(EMAIL)
    user = _bring(wire, google.id_token()).json()["user"]
    assert user["id"] == member["user"]["id"]
    assert user["app_metadata"]["providers"] == ["email", "google"]


def test_an_address_that_google_has_not_verified_leads_nowhere(wire: Wire, google: Google) -> None:
    wire.member(EMAIL)
    assert _bring(wire, google.id_token(email_verified=False)).json()["code"] == "validation_failed"


def test_a_sign_up_that_nobody_confirmed_is_not_taken_over(wire: Wire, google: Google) -> None:
    waiting = wire.post("signup", {"email": EMAIL, "password": PASSWORD, "data": {"x": "mallory"}}).json()
    user = _bring(wire, google.id_token()).json()["user"]
    assert user["id"] != waiting["id"]
    assert "x" not in user["user_metadata"]
    assert wire.password(EMAIL, PASSWORD).json()["code"] == "invalid_credentials"


def test_another_provider_is_disabled(wire: Wire, google: Google) -> None:
    assert _bring(wire, google.id_token(), provider="apple").json()["code"] == "provider_disabled"


def test_while_googles_keys_cannot_be_had_the_client_may_retry(wire: Wire, google: Google) -> None:
    google.stop()
    away = _bring(wire, google.id_token())
    assert away.status_code == 503
    assert away["Retry-After"]
