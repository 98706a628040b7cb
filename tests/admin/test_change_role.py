"""Admins give roles, to others only; nobody else does."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.services import administration
from ghar.actors import Actor
from ghar.errors import DomainError
from tests.support.cast import Cast


def _change(client, user, role):
    return client.post(reverse("admin:accounts_user_change", args=[user.pk]), {"role": role}, follow=True)


def test_an_admin_makes_a_user_an_agent(cast, browser):
    _change(browser(cast.admin), cast.owner, "agent")
    cast.owner.refresh_from_db()
    assert cast.owner.role == "agent"


def test_an_agent_cannot_change_a_role_not_even_their_own(cast, browser):
    assert _change(browser(cast.agent), cast.agent, "admin").status_code == 403
    cast.agent.refresh_from_db()
    assert cast.agent.role == "agent"


def test_an_agent_does_not_find_other_people(cast, browser):
    answer = browser(cast.agent).get(reverse("admin:accounts_user_change", args=[cast.owner.pk]))
    assert answer.status_code == 302  # Django's answer for a row that is not there


def test_an_admin_cannot_demote_themselves(cast, browser):
    answer = _change(browser(cast.admin), cast.admin, "user")
    cast.admin.refresh_from_db()
    assert cast.admin.role == "admin"
    assert "your own account" in str(answer.context["errors"])


def test_a_role_that_is_none_is_refused(cast, browser):
    assert _change(browser(cast.admin), cast.owner, "emperor").status_code == 200
    cast.owner.refresh_from_db()
    assert cast.owner.role == "user"


def test_other_fields_of_the_form_are_not_written(cast, browser):
    change = reverse("admin:accounts_user_change", args=[cast.owner.pk])
    browser(cast.admin).post(change, {"role": "user", "full_name": "Someone Else", "phone": "+919999999999"})
    cast.owner.refresh_from_db()
    assert (cast.owner.full_name, cast.owner.phone) == ("Olive Owner", "+919810000001")


def test_no_password_hash_is_shown(cast, browser):
    cast.agent.set_password("a long enough phrase")
    cast.agent.save()
    page = browser(cast.admin).get(reverse("admin:accounts_user_change", args=[cast.agent.pk])).content.decode()
    assert "argon2" not in page


@pytest.mark.django_db(transaction=True)
def test_two_admins_who_demote_each_other_at_once_leave_one():
    cast = Cast()
    User.objects.filter(pk=cast.other_agent.pk).update(role="admin")
    cast.other_agent.refresh_from_db()
    pairs = [(cast.admin, cast.other_agent), (cast.other_agent, cast.admin)]

    def demote(pair):
        actor, other = pair
        try:
            administration.change_role(actor=Actor.of(actor), user_id=other.pk, role="user")
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(demote, pairs))
    assert outcomes == ["ADMIN_REQUIRED", "done"]
    assert User.objects.filter(role="admin").count() == 1
