"""A sign-up waits for its code; nobody learns who has an account; nobody gets a password into another's."""

import pytest

from apps.identity.models import Account, OneTimeCode, OutboxMessage
from tests.identity.wire import EMAIL, PASSWORD, PHONE, Wire, code_sent_to

pytestmark = pytest.mark.django_db

OTHER = "another fine password"


def _sign_up(wire: Wire, password: str = PASSWORD, **more: object) -> dict:
    answer = wire.post("signup", {"phone": PHONE, "password": password, **more})
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_a_sign_up_answers_the_bare_user_and_its_code_opens_it(wire: Wire) -> None:
    user = _sign_up(wire, data={"full_name": "Asha"})
    assert "access_token" not in user
    assert (user["phone"], user["confirmed_at"]) == (PHONE, None)
    session = wire.verify(PHONE, code_sent_to(PHONE)).json()
    assert session["user"]["id"] == user["id"]
    assert session["user"]["user_metadata"] == {"full_name": "Asha"}
    assert wire.password(PHONE, PASSWORD).status_code == 200


def test_before_its_code_the_right_password_says_not_confirmed(wire: Wire) -> None:
    _sign_up(wire)
    refused = wire.password(PHONE, PASSWORD)
    assert (refused.status_code, refused.json()["code"]) == (400, "phone_not_confirmed")
    assert wire.password(PHONE, OTHER).json()["code"] == "invalid_credentials"
    wire.post("signup", {"email": EMAIL, "password": PASSWORD})
    assert wire.password(EMAIL, PASSWORD).json()["code"] == "email_not_confirmed"


def test_a_person_who_exists_is_answered_like_one_who_does_not(wire: Wire) -> None:
    known = wire.member()["user"]
    shown = _sign_up(wire, OTHER)
    new = wire.post("signup", {"phone": "919810099999", "password": OTHER}).json()
    assert shown["id"] != known["id"]
    assert shown.keys() == new.keys()
    assert [login.keys() for login in shown["identities"]] == [login.keys() for login in new["identities"]]
    different = {name for name in shown if shown[name] != new[name]}
    assert different <= {"id", "phone", "identities", "created_at", "updated_at"}
    assert _sign_up(wire, OTHER)["id"] == shown["id"]


def test_a_person_who_exists_is_told_by_message_and_keeps_everything(wire: Wire) -> None:
    wire.member()
    _sign_up(wire, OTHER, data={"full_name": "Mallory"})
    assert "You have an account already" in OutboxMessage.objects.latest("created_at").text
    assert not OneTimeCode.objects.exists()
    assert wire.password(PHONE, PASSWORD).status_code == 200
    assert wire.password(PHONE, OTHER).status_code == 400
    assert Account.objects.get().user_metadata == {}


def test_a_stranger_who_signed_somebody_up_gets_no_password_to_their_account(wire: Wire) -> None:
    _sign_up(wire, "the stranger chose this")
    wire.ask_code(PHONE)
    assert wire.verify(PHONE, code_sent_to(PHONE)).status_code == 200
    assert wire.password(PHONE, "the stranger chose this").json()["code"] == "invalid_credentials"


def test_two_passwords_for_one_code_count_for_nothing(wire: Wire) -> None:
    _sign_up(wire, PASSWORD)
    _sign_up(wire, OTHER)
    assert wire.verify(PHONE, code_sent_to(PHONE)).status_code == 200
    assert wire.password(PHONE, PASSWORD).status_code == 400
    assert wire.password(PHONE, OTHER).status_code == 400


def test_a_sign_up_that_is_repeated_keeps_its_password(wire: Wire) -> None:
    _sign_up(wire)
    _sign_up(wire)
    wire.verify(PHONE, code_sent_to(PHONE))
    assert wire.password(PHONE, PASSWORD).status_code == 200


@pytest.mark.parametrize(
    ("password", "reason"), [("short", "length"), ("password123", "pwned"), ("aaaaaaaaaa", "characters")]
)
def test_a_weak_password_is_refused_with_its_reason(wire: Wire, password: str, reason: str) -> None:
    refused = wire.post("signup", {"phone": PHONE, "password": password})
    assert (refused.status_code, refused.json()["code"]) == (422, "weak_password")
    assert reason in refused.json()["weak_password"]["reasons"]
    assert not Account.objects.exists()


def test_a_code_can_be_asked_for_again(wire: Wire) -> None:
    _sign_up(wire)
    assert wire.post("resend", {"phone": PHONE, "type": "sms"}).json()["message_id"]
    assert OutboxMessage.objects.count() == 2
    wire.verify(PHONE, code_sent_to(PHONE))
    assert wire.password(PHONE, PASSWORD).status_code == 200


def test_resend_answers_a_stranger_the_same_and_sends_nothing(wire: Wire) -> None:
    answer = wire.post("resend", {"phone": PHONE, "type": "sms"})
    assert answer.status_code == 200
    assert answer.json().keys() == {"message_id"}
    assert not OutboxMessage.objects.exists()
