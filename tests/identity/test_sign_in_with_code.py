"""A one-time code signs in, proves its channel, and works once."""

import pytest

from apps.identity.models import Account, OneTimeCode
from tests.identity.wire import EMAIL, PHONE, Wire, code_sent_to, wrong

pytestmark = pytest.mark.django_db


def test_a_code_by_phone_makes_an_account_and_answers_a_flat_session(wire: Wire) -> None:
    sent = wire.ask_code("+91 98100 12345", data={"full_name": "Asha"})
    assert sent.status_code == 200
    assert sent.json()["message_id"]

    session = wire.verify(PHONE, code_sent_to(PHONE)).json()

    assert session["token_type"] == "bearer"
    assert session["expires_in"] >= 600
    assert isinstance(session["expires_at"], int)
    user = session["user"]
    assert user["phone"] == PHONE
    assert user["phone_confirmed_at"] == user["confirmed_at"] is not None
    assert user["app_metadata"] == {"provider": "phone", "providers": ["phone"]}
    assert user["user_metadata"] == {"full_name": "Asha"}
    assert user["aud"] == user["role"] == "authenticated"
    assert user["is_anonymous"] is False
    login = user["identities"][0]
    assert (login["provider"], login["user_id"]) == ("phone", user["id"])
    assert login["id"]
    assert login["identity_id"]


def test_a_code_by_email_proves_the_address(wire: Wire) -> None:
    assert wire.ask_code("Asha@Example.com").json() == {}
    user = wire.verify(EMAIL, code_sent_to(EMAIL)).json()["user"]
    assert user["email"] == EMAIL
    assert user["email_confirmed_at"]
    assert user["phone_confirmed_at"] is None


def test_somebody_known_signs_in_to_the_same_account(wire: Wire) -> None:
    first, second = wire.sign_in(), wire.sign_in()
    assert first["user"]["id"] == second["user"]["id"]
    assert first["refresh_token"] != second["refresh_token"]


def test_a_code_works_once(wire: Wire) -> None:
    wire.ask_code(PHONE)
    code = code_sent_to(PHONE)
    assert wire.verify(PHONE, code).status_code == 200
    again = wire.verify(PHONE, code)
    assert (again.status_code, again.json()["code"]) == (403, "otp_expired")


def test_a_wrong_code_is_refused_and_the_right_one_still_works(wire: Wire) -> None:
    wire.ask_code(PHONE)
    code = code_sent_to(PHONE)
    refused = wire.verify(PHONE, wrong(code))
    assert (refused.status_code, refused.json()["code"]) == (403, "otp_expired")
    assert wire.verify(PHONE, code).status_code == 200


def test_the_sixth_attempt_fails_even_with_the_right_code(wire: Wire) -> None:
    wire.ask_code(PHONE)
    code = code_sent_to(PHONE)
    for _ in range(5):
        wire.verify(PHONE, wrong(code))
    assert wire.verify(PHONE, code).json()["code"] == "otp_expired"


def test_a_new_code_takes_the_place_of_the_old_one(wire: Wire) -> None:
    wire.ask_code(PHONE)
    old = code_sent_to(PHONE)
    wire.ask_code(PHONE)
    new = code_sent_to(PHONE)
    if old != new:
        assert wire.verify(PHONE, old).status_code == 403
    assert wire.verify(PHONE, new).status_code == 200


def test_a_code_that_has_run_out_is_refused(wire: Wire) -> None:
    wire.ask_code(PHONE)
    code = code_sent_to(PHONE)
    row = OneTimeCode.objects.get()
    row.expires_at = row.created_at
    row.save()
    assert wire.verify(PHONE, code).json()["code"] == "otp_expired"


def test_a_code_of_one_phone_does_not_open_another(wire: Wire) -> None:
    wire.ask_code(PHONE)
    wire.ask_code("919810099999")
    code = code_sent_to(PHONE)
    if code != code_sent_to("919810099999"):
        assert wire.verify("919810099999", code).status_code == 403


def test_no_code_is_stored_readably(wire: Wire) -> None:
    wire.ask_code(PHONE)
    assert code_sent_to(PHONE) not in OneTimeCode.objects.get().digest
    assert len(OneTimeCode.objects.get().digest) == 64


def test_an_unknown_phone_is_not_made_an_account_when_the_client_says_so(wire: Wire) -> None:
    refused = wire.ask_code(PHONE, create_user=False)
    assert (refused.status_code, refused.json()["code"]) == (422, "otp_disabled")
    assert not Account.objects.exists()
