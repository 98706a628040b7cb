"""Staff sign in at the form with their phone or email; others do not, and guessing ends soon."""

import pytest
from django.test import Client

PASSWORD = "a long enough phrase"


@pytest.fixture
def admin(cast):
    cast.admin.email = "adi@ghar.example"
    cast.admin.set_password(PASSWORD)
    cast.admin.save()
    return cast.admin


def _sign_in(name, password=PASSWORD):
    return Client().post("/admin/login/", {"username": name, "password": password})


@pytest.mark.parametrize("name", ["+919810000006", "98100 00006", "adi@ghar.example", "ADI@ghar.example"])
def test_phone_and_email_are_understood_as_people_type_them(admin, name):
    answer = _sign_in(name)
    assert (answer.status_code, answer.url) == (302, "/admin/")


def test_a_wrong_password_is_refused(admin):
    assert _sign_in(admin.phone, "wrong").status_code == 200


def test_a_suspended_admin_is_refused(admin):
    admin.is_active = False
    admin.save()
    assert _sign_in(admin.phone).status_code == 200


def test_a_plain_user_with_a_password_is_refused(cast):
    cast.owner.set_password(PASSWORD)
    cast.owner.save()
    assert _sign_in(cast.owner.phone).status_code == 200


def test_the_eleventh_guess_is_not_even_looked_at(admin):
    for _ in range(10):
        _sign_in(admin.phone, "wrong")
    answer = _sign_in(admin.phone)
    assert answer.status_code == 200
    assert "Too many attempts" in answer.content.decode()


def test_those_who_succeed_use_up_nothing(admin):
    assert {_sign_in(admin.phone).status_code for _ in range(12)} == {302}


def test_a_success_between_guesses_gives_no_more_of_them(admin, cast):
    cast.agent.set_password(PASSWORD)
    cast.agent.save()
    for number in range(10):
        _sign_in(f"+9199000000{number:02}", "wrong")
        _sign_in(cast.agent.phone)
    assert "Too many attempts" in _sign_in(admin.phone).content.decode()


def test_a_name_with_a_nul_byte_is_refused_quietly(admin):
    assert _sign_in("adi\x00@ghar.example").status_code == 200


def test_the_address_without_its_slash_leads_to_the_screens(db):
    answer = Client().get("/admin")
    assert (answer.status_code, answer.url) == (302, "/admin/")
