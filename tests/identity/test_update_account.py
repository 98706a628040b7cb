"""`PUT /user` changes password, phone, email and metadata of the holder."""

import pytest

from tests.identity.wire import EMAIL, PASSWORD, PHONE, Wire, code_sent_to, wrong

pytestmark = pytest.mark.django_db

NEW_PHONE = "919820011111"


def test_a_new_password_works_and_ends_the_other_sessions(wire: Wire) -> None:
    other, mine = wire.member(), wire.sign_in()
    changed = wire.bearing(mine["access_token"]).put("user", {"password": "a new day in Pune"})
    assert changed.status_code == 200
    assert wire.password(PHONE, "a new day in Pune").status_code == 200
    assert wire.password(PHONE, PASSWORD).status_code == 400
    assert wire.refresh(other["refresh_token"]).json()["code"] == "refresh_token_not_found"
    assert wire.refresh(mine["refresh_token"]).status_code == 200


def test_the_old_password_is_no_new_one(wire: Wire) -> None:
    refused = wire.bearing(wire.member()["access_token"]).put("user", {"password": PASSWORD})
    assert (refused.status_code, refused.json()["code"]) == (422, "same_password")


def test_a_weak_password_is_refused(wire: Wire) -> None:
    refused = wire.bearing(wire.sign_in()["access_token"]).put("user", {"password": "1234567"})
    assert refused.json()["weak_password"]["reasons"] == ["length", "pwned"]


def test_metadata_is_merged_and_null_removes(wire: Wire) -> None:
    holder = wire.bearing(wire.sign_in()["access_token"])
    holder.put("user", {"data": {"full_name": "Asha", "city": "Pune"}})
    user = holder.put("user", {"data": {"city": None, "pets": 2}}).json()
    assert user["user_metadata"] == {"full_name": "Asha", "pets": 2}


def test_metadata_that_grows_too_large_is_refused(wire: Wire) -> None:
    holder = wire.bearing(wire.sign_in()["access_token"])
    assert holder.put("user", {"data": {"a": "x" * 3000}}).status_code == 200
    refused = holder.put("user", {"data": {"b": "x" * 3000}})
    assert (refused.status_code, refused.json()["code"]) == (400, "validation_failed")
    assert "data" in refused.json()["message"]


def test_a_new_phone_waits_for_its_code(wire: Wire) -> None:
    holder = wire.bearing(wire.sign_in()["access_token"])
    waiting = holder.put("user", {"phone": f"+{NEW_PHONE}"}).json()
    assert (waiting["phone"], waiting["new_phone"]) == (PHONE, NEW_PHONE)

    code = code_sent_to(NEW_PHONE)
    assert wire.verify(NEW_PHONE, wrong(code), "phone_change").json()["code"] == "otp_expired"
    session = wire.verify(NEW_PHONE, code, "phone_change").json()

    assert session["user"]["phone"] == NEW_PHONE
    assert "new_phone" not in session["user"]
    assert session["user"]["id"] == waiting["id"]


def test_a_phone_change_code_is_no_sign_in_code(wire: Wire) -> None:
    wire.bearing(wire.sign_in()["access_token"]).put("user", {"phone": NEW_PHONE})
    assert wire.verify(NEW_PHONE, code_sent_to(NEW_PHONE), "sms").status_code == 403


def test_the_phone_of_another_account_is_refused(wire: Wire) -> None:
    wire.sign_in(NEW_PHONE)
    refused = wire.bearing(wire.sign_in()["access_token"]).put("user", {"phone": NEW_PHONE})
    assert (refused.status_code, refused.json()["code"]) == (422, "phone_exists")


def test_the_email_of_another_account_is_refused(wire: Wire) -> None:
    wire.sign_in(EMAIL)
    refused = wire.bearing(wire.sign_in()["access_token"]).put("user", {"email": EMAIL})
    assert (refused.status_code, refused.json()["code"]) == (422, "email_exists")


def test_whoever_proves_a_phone_takes_it_from_a_sign_up_that_nobody_confirmed(wire: Wire) -> None:
    wire.post("signup", {"phone": NEW_PHONE, "password": PASSWORD})
    wire.bearing(wire.sign_in()["access_token"]).put("user", {"phone": NEW_PHONE})
    session = wire.verify(NEW_PHONE, code_sent_to(NEW_PHONE), "phone_change")
    assert session.status_code == 200
    assert wire.password(NEW_PHONE, PASSWORD).json()["code"] == "invalid_credentials"


def test_somebody_who_took_the_phone_meanwhile_keeps_it(wire: Wire) -> None:
    wire.bearing(wire.sign_in()["access_token"]).put("user", {"phone": NEW_PHONE})
    code = code_sent_to(NEW_PHONE)
    wire.sign_in(NEW_PHONE)
    refused = wire.verify(NEW_PHONE, code, "phone_change")
    assert (refused.status_code, refused.json()["code"]) == (422, "phone_exists")


def test_a_new_email_becomes_a_second_login(wire: Wire) -> None:
    wire.bearing(wire.member()["access_token"]).put("user", {"email": "Asha@example.com"})
    session = wire.verify(EMAIL, code_sent_to(EMAIL), "email_change").json()
    assert session["user"]["app_metadata"]["providers"] == ["phone", "email"]
    assert wire.password(EMAIL, PASSWORD).status_code == 200
