"""The kernel's port to the identity provider, served by the embedded service."""

from typing import Any

import pytest

from apps.identity.models import Account
from ghar.auth.provider import provider
from tests.identity.google_double import Google
from tests.identity.wire import EMAIL, PASSWORD, PHONE, Wire

pytestmark = pytest.mark.django_db


def test_an_account_is_found_by_phone_email_and_subject(wire: Wire) -> None:
    subject = wire.member()["user"]["id"]
    facts = provider().find_by_phone(f"+{PHONE}")
    assert facts == provider().get(subject)
    assert facts is not None
    assert (facts.subject, facts.phone_verified, facts.email_verified) == (subject, True, False)
    assert facts.has_password is True
    assert [login.provider for login in facts.identities] == ["phone"]


def test_a_sign_up_that_waits_has_neither_proof_nor_password(wire: Wire) -> None:
    wire.post("signup", {"email": EMAIL, "password": PASSWORD})
    facts = provider().find_by_email(EMAIL)
    assert facts is not None
    assert (facts.email_verified, facts.has_password) == (False, False)


@pytest.mark.parametrize("subject", ["7d444840-9dc0-11d1-b245-5ffdce74fad2", "", "no uuid", "__deleted__7"])
def test_nobody_is_nobody(subject: str) -> None:
    assert provider().get(subject) is None
    assert provider().find_by_phone("+919800000000") is None
    provider().delete(subject)
    provider().sign_out_everywhere(subject)


def test_deleting_ends_everything(wire: Wire) -> None:
    session = wire.sign_in()
    provider().delete(session["user"]["id"])
    assert not Account.objects.exists()
    assert wire.refresh(session["refresh_token"]).json()["code"] == "refresh_token_not_found"
    assert wire.bearing(session["access_token"]).get("user").json()["code"] == "session_not_found"


def test_signing_out_everywhere_ends_every_session(wire: Wire) -> None:
    one, two = wire.sign_in(), wire.sign_in()
    provider().sign_out_everywhere(one["user"]["id"])
    assert {wire.refresh(session["refresh_token"]).status_code for session in (one, two)} == {400}


def test_a_google_login_is_linked_once(wire: Wire, google: Google) -> None:
    mine, other = wire.sign_in(), wire.sign_in("919820011111")
    token = google.id_token(nonce="the client's own affair")
    assert provider().link(mine["user"]["id"], provider="google", id_token=token) is True
    assert provider().link(other["user"]["id"], provider="google", id_token=token) is False
    assert provider().link(mine["user"]["id"], provider="google", id_token="nonsense") is False
    assert provider().link(mine["user"]["id"], provider="apple", id_token=token) is False
    session = wire.post("token?grant_type=id_token", {"provider": "google", "id_token": google.id_token()})
    assert session.json()["user"]["id"] == mine["user"]["id"]


def test_linking_goes_through_the_platform_too(wire: Wire, google: Google, api: Any) -> None:
    client = api.with_token(wire.sign_in()["access_token"])
    linked = client.post("/api/v1/auth/link-identity", {"provider": "google", "id_token": google.id_token()})
    assert linked.json() == {"linked": True}
    refused = client.post("/api/v1/auth/link-identity", {"provider": "google", "id_token": "nonsense"})
    assert refused.status_code == 400
