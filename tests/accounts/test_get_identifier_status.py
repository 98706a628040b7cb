"""A sign-in form asks whether to go on with a password or a code."""

import pytest

from apps.identity.services.administration import system_ensure_account

pytestmark = pytest.mark.django_db
URL = "/api/v1/auth/identifier-status"


def status(api, identifier):
    return api.post(URL, {"identifier": identifier}).json()


@pytest.mark.parametrize("typed", ["9876543210", "+91 98765-43210", "919876543210", "00919876543210", " 098765 43210"])
def test_a_phone_in_any_form(api, typed):
    system_ensure_account(phone="+919876543210", password="a-long-enough-one")
    assert status(api, typed) == {
        "exists": True, "verified": True, "has_password": True, "channel": "phone", "next_step": "password",
    }  # fmt: skip


def test_an_email_without_a_password(api):
    system_ensure_account(email="a@ghar.example")
    answer = status(api, "A@Ghar.example")
    assert (answer["exists"], answer["has_password"], answer["next_step"]) == (True, False, "otp")


@pytest.mark.parametrize(("typed", "channel"), [("a@ghar.example", "email"), ("9876543210", "phone"), ("???", "phone")])
def test_nobody_there(api, typed, channel):
    assert status(api, typed) == {
        "exists": False, "verified": False, "has_password": False, "channel": channel, "next_step": "otp",
    }  # fmt: skip


def test_five_probes_an_hour_of_one_identifier(api):
    answers = [api.post(URL, {"identifier": "a@ghar.example"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    assert api.post(URL, {"identifier": "b@ghar.example"}).status_code == 200


def test_ten_probes_a_minute_of_one_address(api):
    answers = [api.post(URL, {"identifier": f"{n}@ghar.example"}) for n in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) in range(1, 61)


@pytest.mark.parametrize("body", [{}, {"identifier": ""}, {"identifier": "x" * 321}, {"identifier": None}, []])
def test_a_missing_identifier(api, body):
    assert api.post(URL, body).status_code == 422
