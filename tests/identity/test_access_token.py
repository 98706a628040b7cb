"""What an access token says."""

import jwt
import pytest
from django.conf import settings

from ghar.auth import tokens
from tests.identity.wire import EMAIL, PHONE, Wire

pytestmark = pytest.mark.django_db


def test_the_claims_are_those_of_the_protocol(wire: Wire) -> None:
    session = wire.sign_in()
    payload = jwt.decode(session["access_token"], options={"verify_signature": False})
    header = jwt.get_unverified_header(session["access_token"])
    published = {key["kid"]: key for key in wire.get(".well-known/jwks.json").json()["keys"]}

    assert header["alg"] == published[header["kid"]]["alg"] == "ES256"
    assert "d" not in published[header["kid"]]
    assert payload["iss"] == f"{settings.PUBLIC_BASE_URL}/auth/v1"
    assert (payload["aud"], payload["role"], payload["aal"]) == ("authenticated", "authenticated", "aal1")
    assert payload["sub"] == session["user"]["id"]
    assert (payload["phone"], payload["email"]) == (PHONE, "")
    assert payload["exp"] - payload["iat"] == settings.IDENTITY_TOKEN_SECONDS
    assert payload["amr"][0]["method"] == "otp"
    assert payload["session_id"]
    assert payload["is_anonymous"] is False


def test_a_proven_channel_is_read_as_verified_and_the_other_is_not(wire: Wire) -> None:
    claims = tokens.verifier().verify(wire.sign_in(EMAIL)["access_token"])
    assert (claims.email, claims.email_verified) == (EMAIL, True)
    assert (claims.phone, claims.phone_verified) == (None, False)


def test_what_people_say_of_themselves_proves_nothing(wire: Wire) -> None:
    holder = wire.bearing(wire.sign_in()["access_token"])
    holder.put("user", {"data": {"email": "boss@example.com", "email_verified": True, "role": "admin"}})
    again = wire.sign_in()
    claims = tokens.verifier().verify(again["access_token"])
    assert (claims.email, claims.email_verified) == (None, False)
    assert "role" not in again["user"]["app_metadata"]
