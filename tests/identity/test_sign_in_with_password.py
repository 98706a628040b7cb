"""A password signs in, and every refusal of one says the same."""

import pytest
from django.contrib.auth import hashers

from apps.identity.models import Account
from tests.identity.wire import EMAIL, PASSWORD, PHONE, Wire

pytestmark = pytest.mark.django_db


def test_the_right_password_answers_a_session(wire: Wire) -> None:
    member = wire.member()
    answer = wire.password("98100 12345", PASSWORD)
    assert answer.status_code == 200
    assert answer.json()["user"]["id"] == member["user"]["id"]
    assert answer.json()["user"]["last_sign_in_at"]


def test_an_address_in_any_case_signs_in(wire: Wire) -> None:
    wire.member(EMAIL)
    assert wire.password("ASHA@example.com", PASSWORD).status_code == 200


def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(wire: Wire) -> None:
    wire.member()
    wrong, unknown = wire.password(PHONE, "not the password"), wire.password("919810099999", PASSWORD)
    assert wrong.status_code == unknown.status_code == 400
    assert (
        wrong.json()
        == unknown.json()
        == {
            "code": "invalid_credentials",
            "message": "Invalid login credentials",
        }
    )


def test_an_unknown_person_costs_one_hash_like_a_known_one(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    wire.member()
    hashed: list[str] = []
    hasher = hashers.get_hasher()
    encode, verify = type(hasher).encode, type(hasher).verify
    monkeypatch.setattr(type(hasher), "encode", lambda *given: hashed.append("encode") or encode(*given))
    monkeypatch.setattr(type(hasher), "verify", lambda *given: hashed.append("verify") or verify(*given))
    wire.password(PHONE, "not the password")
    known, hashed = len(hashed), []
    wire.password("919810099999", PASSWORD)
    assert len(hashed) == known == 1


def test_somebody_without_a_password_cannot_sign_in_with_an_empty_guess(wire: Wire) -> None:
    wire.sign_in()
    assert wire.password(PHONE, "anything at all").json()["code"] == "invalid_credentials"


def test_passwords_are_kept_as_argon2(wire: Wire) -> None:
    wire.member()
    stored = Account.objects.get().password
    assert stored.startswith("argon2$argon2id$")
    assert PASSWORD not in stored


def test_after_twenty_failures_the_identifier_must_wait(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
    hashers.get_hashers.cache_clear()
    try:
        answers = [wire.password(PHONE, "not the password") for _ in range(21)]
    finally:
        monkeypatch.undo()
        hashers.get_hashers.cache_clear()
    assert {answer.status_code for answer in answers[:20]} == {400}
    assert answers[20].status_code == 429
    assert answers[20].json()["code"] == "over_request_rate_limit"
    assert int(answers[20]["Retry-After"]) > 0
    assert wire.password("919810099999", PASSWORD).status_code == 400


def test_a_success_begins_the_count_of_failures_anew(wire: Wire) -> None:
    wire.member()
    for _ in range(2):
        for _ in range(11):
            wire.password(PHONE, "not it")
        assert wire.password(PHONE, PASSWORD).status_code == 200
