"""`GET /user` answers the holder of a token whose session lives, and tells the refusals apart."""

from datetime import timedelta

import pytest

from apps.identity.models import Account
from ghar import clock
from tests.identity.wire import PHONE, Wire
from tests.support import issuer

pytestmark = pytest.mark.django_db


def test_the_user_is_answered_bare(wire: Wire) -> None:
    session = wire.sign_in()
    user = wire.bearing(session["access_token"]).get("user").json()
    assert user["id"] == session["user"]["id"]
    assert user["phone"] == PHONE


def test_without_a_token_there_is_no_authorization(wire: Wire) -> None:
    refused = wire.get("user")
    assert (refused.status_code, refused.json()["code"]) == (401, "no_authorization")


@pytest.mark.parametrize("token", ["nonsense", "a.b.c", "ghar-publishable"])
def test_what_is_no_token_of_ours_is_a_bad_jwt(wire: Wire, token: str) -> None:
    refused = wire.bearing(token).get("user")
    assert (refused.status_code, refused.json()["code"]) == (403, "bad_jwt")


def test_an_expired_token_is_a_bad_jwt(wire: Wire) -> None:
    subject = wire.sign_in()["user"]["id"]
    expired = issuer.token(sub=subject, iat=1_600_000_000, exp=1_600_003_600)
    assert wire.bearing(expired).get("user").json()["code"] == "bad_jwt"


def test_after_sign_out_the_session_is_not_found(wire: Wire) -> None:
    holder = wire.bearing(wire.sign_in()["access_token"])
    assert holder.post("logout").status_code == 204
    refused = holder.get("user")
    assert (refused.status_code, refused.json()["code"]) == (403, "session_not_found")


def test_a_banned_account_is_told_so(wire: Wire) -> None:
    holder = wire.bearing(wire.sign_in()["access_token"])
    Account.objects.update(banned_until=clock.now() + timedelta(days=1))
    refused = holder.get("user")
    assert (refused.status_code, refused.json()["code"]) == (403, "user_banned")


def test_the_token_opens_the_platform(wire: Wire) -> None:
    session = wire.sign_in()
    me = wire.client.get("/api/v1/users/me", HTTP_AUTHORIZATION=f"Bearer {session['access_token']}").json()
    assert me["supabase_user_id"] == session["user"]["id"]
    assert me["phone"] == f"+{PHONE}"
    assert me["phone_verified"] is True
