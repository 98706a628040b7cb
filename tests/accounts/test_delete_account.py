"""Somebody deletes their account: at once, for good, and without leaving who they were."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from apps.accounts.events import AccountDeleted
from apps.accounts.models import User
from apps.accounts.services import deletion, profiles
from apps.identity.models import Account, Session
from apps.identity.services.administration import system_ensure_account
from ghar import clock, events
from ghar.actors import Actor
from ghar.auth.bearer import UserInactive
from ghar.auth.provider import ProviderUnreachable
from tests.support import issuer

pytestmark = pytest.mark.django_db
ME = "/api/v1/users/me"


@pytest.fixture
def person(cast):
    """A seeker with a login of the embedded service and everything filled in."""
    user = cast.seeker
    user.subject = str(system_ensure_account(phone=user.phone, email="sami@example.com").id)
    user.email, user.email_verified, user.date_of_birth = "sami@example.com", True, date(1990, 1, 1)
    user.profile_image_url, user.preferences = "https://pictures.example/1.webp", {"purpose": "buy"}
    user.current_latitude, user.current_longitude, user.onboarded_apps = 28.4, 77.0, ["stays"]
    user.last_auth_method, user.last_auth_method_at = "google", clock.now()
    user.save()
    return user


@pytest.mark.parametrize("door", ["me", "auth"])
def test_both_doors_delete(api, person, door):
    client = api.as_(person)
    if door == "me":
        answer = client.delete(ME)
        expected = {"message": "Account deleted successfully", "success": True}
        assert (answer.status_code, answer.json()) == (200, expected)
    else:
        answer = client.post("/api/v1/auth/delete-account", {"confirm": True})
        assert (answer.status_code, answer.content) == (204, b"")
    person.refresh_from_db()
    assert person.deleted_at is not None
    assert person.login_removed_at is not None


def test_nothing_is_left_of_who_they_were(api, person):
    api.as_(person).delete(ME)
    person.refresh_from_db()
    told = ("phone", "email", "full_name", "date_of_birth", "profile_image_url", "current_latitude", "last_auth_method")
    assert [getattr(person, name) for name in told] == [None] * len(told)
    assert (person.preferences, person.onboarded_apps, person.is_verified) == ({}, [], False)
    assert not person.has_usable_password()
    assert not Account.objects.filter(phone="919810000003").exists()
    assert not Session.objects.exists()


def test_a_token_that_has_not_run_out_opens_nothing_and_makes_nobody(api, person):
    client = api.as_(person)
    client.delete(ME)
    answer = client.get(ME)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "USER_INACTIVE")
    assert User.objects.filter(is_active=True).count() == 0


def test_the_phone_may_come_back_as_somebody_new(api, person):
    api.as_(person).delete(ME)
    again = issuer.token(sub="another", phone="919810000003", phone_verified=True)
    newcomer = api.with_token(again).get(ME).json()
    assert newcomer["id"] != person.pk
    assert newcomer["full_name"] is None


@pytest.mark.parametrize(
    ("body", "status"), [({"confirm": False}, 400), ({}, 422), ({"confirm": None}, 422), ({"confirm": "perhaps"}, 422)]
)
def test_it_must_be_meant(api, person, body, status):
    answer = api.as_(person).post("/api/v1/auth/delete-account", body)
    assert answer.status_code == status
    if status == 422:
        assert answer.json()["detail"][0]["loc"] == ["body", "confirm"]
    person.refresh_from_db()
    assert person.is_active


def test_the_only_admin_stays(api, cast):
    answer = api.as_(cast.admin).delete(ME)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "LAST_ADMIN")
    cast.owner.role = "admin"
    cast.owner.save()
    assert api.as_(cast.admin).delete(ME).status_code == 200


class Away:
    """A provider that cannot be reached until it comes back. Stands at the port, like any external one."""

    def __init__(self):
        self.is_away, self.deleted = True, []

    def delete(self, subject):
        if self.is_away:
            raise ProviderUnreachable
        self.deleted.append(subject)


def test_while_the_provider_is_away_the_account_ends_and_the_login_later(api, person, monkeypatch):
    provider = Away()
    client = api.as_(person)  # the token is verified with the real provider's keys
    monkeypatch.setattr(deletion, "provider", lambda: provider)
    assert client.delete(ME).status_code == 200
    assert client.get(ME).status_code == 403
    User.objects.filter(pk=person.pk).update(deleted_at=clock.now() - timedelta(minutes=2))
    call_command("run_job", "accounts.finish_deletions")
    person.refresh_from_db()
    assert person.login_removed_at is None
    provider.is_away = False
    call_command("run_job", "accounts.finish_deletions")
    call_command("run_job", "accounts.finish_deletions")
    person.refresh_from_db()
    assert person.login_removed_at is not None
    assert provider.deleted == [person.subject]


def test_other_areas_hear_of_it(person, django_capture_on_commit_callbacks, monkeypatch):
    heard = []
    monkeypatch.setitem(events._handlers, AccountDeleted, [heard.append])
    with django_capture_on_commit_callbacks(execute=True):
        deletion.delete_account(actor=Actor.of(person), confirm=True)
    assert heard == [AccountDeleted(person.pk)]


def test_what_was_under_way_writes_nothing_into_an_empty_row(person):
    actor = Actor.of(User.objects.get(pk=person.pk))
    deletion.delete_account(actor=Actor.of(person), confirm=True)
    with pytest.raises(UserInactive):
        profiles.merge_preferences(actor=actor, given={"purpose": "buy"})
    with pytest.raises(profiles.NotYourPerson):
        profiles.update_profile(actor=actor, changes={"full_name": "Back Again"})
    profiles.move_to(actor=actor, latitude=1, longitude=1)
    person.refresh_from_db()
    assert (person.preferences, person.full_name, person.current_latitude) == ({}, None, None)


def test_the_database_keeps_it_empty(person):
    deletion.delete_account(actor=Actor.of(person), confirm=True)
    for column, value in (("phone", "+919811111111"), ("full_name", "Back"), ("is_active", True)):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=person.pk).update(**{column: value})
