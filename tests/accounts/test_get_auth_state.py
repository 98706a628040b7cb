"""The stages of sign-up, one after another."""

from datetime import date

import pytest

from apps.identity.services.administration import system_ensure_account
from tests.support import issuer

pytestmark = pytest.mark.django_db


def state(api, user, app="flatmates"):
    return api.as_(user).get(f"/api/v1/users/me/auth-state?app={app}").json()


def test_the_stages_in_order(api, cast):
    user = cast.seeker
    user.phone_verified = False
    user.save()
    unproven = api.with_token(_unproven(user)).get("/api/v1/users/me/auth-state").json()
    assert unproven == {"stage": "identifier_verification", "next_action": "verify_identifier", "missing_fields": []}
    user.phone_verified = True
    user.save()
    assert state(api, user)["stage"] == "password_setup"
    account = system_ensure_account(phone=user.phone, password="a-long-enough-one")
    user.subject = str(account.id)
    user.full_name = None
    user.save()
    assert state(api, user) == {
        "stage": "profile_completion",
        "next_action": "complete_profile",
        "missing_fields": ["full_name", "date_of_birth"],
    }
    user.full_name, user.date_of_birth = "Sami Seeker", date(1990, 1, 1)
    user.save()
    assert state(api, user)["next_action"] == "complete_onboarding"
    assert state(api, user, app="ghar360")["stage"] == "active"
    user.onboarded_apps = ["flatmates"]
    user.save()
    assert state(api, user) == {"stage": "active", "next_action": "grant_access", "missing_fields": []}
    assert state(api, user, app="stays")["stage"] == "app_onboarding"


def _unproven(user):

    return issuer.token(sub=user.subject)


def test_the_logins_of_an_account(api, cast):
    account = system_ensure_account(phone=cast.seeker.phone)
    cast.seeker.subject = str(account.id)
    cast.seeker.save()
    answer = api.as_(cast.seeker).get("/api/v1/users/me/identities").json()
    assert [login["provider"] for login in answer["identities"]] == ["phone"]
