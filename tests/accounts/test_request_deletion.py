"""Somebody asks to have their account deleted, and has a week to think again."""

import pytest
from django.core.management import call_command

from apps.accounts.models import User
from apps.accounts.services import deletion
from ghar import clock

pytestmark = pytest.mark.django_db
URL = "/api/v1/account/delete-request"
JOB = "accounts.carry_out_deletion_requests"


@pytest.fixture
def person(api, cast):
    return api.as_(cast.seeker)


def a_week_later(user):
    User.objects.filter(pk=user.pk).update(deletion_due_at=clock.now())


def test_it_is_due_in_a_week_and_asking_again_changes_nothing(person):
    assert person.get(f"{URL}/status").json() == {"status": "none", "requested_at": None, "due_at": None}
    asked = person.post(URL).json()
    assert asked["status"] == "pending"
    assert person.post(URL).json() == asked == person.get(URL).json() == person.get(f"{URL}/status").json()


def test_the_time_between_is_the_grace(person, cast):
    person.post(URL)
    cast.seeker.refresh_from_db()
    assert cast.seeker.deletion_due_at - cast.seeker.deletion_requested_at == deletion.GRACE


def test_until_then_the_account_works_and_nothing_is_deleted(person, cast):
    person.post(URL)
    call_command("run_job", JOB)
    assert person.get("/api/v1/users/me").json()["full_name"] == cast.seeker.full_name


def test_when_the_time_has_come_the_account_is_gone(person, cast):
    person.post(URL)
    a_week_later(cast.seeker)
    call_command("run_job", JOB)
    cast.seeker.refresh_from_db()
    assert (cast.seeker.deleted_at is not None, cast.seeker.full_name, cast.seeker.deletion_due_at) == (
        True,
        None,
        None,
    )
    assert person.get("/api/v1/users/me").status_code == 403


@pytest.mark.parametrize(("method", "rest"), [("post", "/cancel"), ("delete", "")])
def test_one_may_think_again(person, cast, method, rest):
    person.post(URL)
    assert getattr(person, method)(URL + rest).json()["status"] == "none"
    call_command("run_job", JOB)
    assert person.get(URL).json()["status"] == "none"
    again = getattr(person, method)(URL + rest)
    assert (again.status_code, again.json()["error"]["code"]) == (404, "NO_DELETION_REQUEST")


def test_the_last_admin_stays(api, cast):
    answer = api.as_(cast.admin).post(URL)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "LAST_ADMIN")


def test_who_became_the_last_admin_meanwhile_stays_and_holds_up_nobody(person, cast):
    person.post(URL)
    User.objects.filter(pk=cast.admin.pk).update(deletion_requested_at=clock.now(), deletion_due_at=clock.now())
    a_week_later(cast.seeker)
    call_command("run_job", JOB)
    for user in (cast.admin, cast.seeker):
        user.refresh_from_db()
    assert (cast.admin.deleted_at is None, cast.seeker.deleted_at is None) == (True, False)
