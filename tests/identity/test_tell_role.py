"""What somebody is on the platform stands in their session too, because clients read it there."""

from typing import Any

import pytest

from apps.accounts.models import User
from apps.accounts.services import administration
from ghar.actors import SYSTEM
from tests.identity.wire import PHONE, Wire
from tests.support import follow_ups
from tests.support.client import Client

pytestmark = pytest.mark.django_db


def row_of(session: dict[str, Any]) -> User:
    """Their local row, made by their first call."""
    answer = Client().with_token(session["access_token"]).get("/api/v1/users/me")
    return User.objects.get(pk=answer.json()["id"])


def role_after(wire: Wire, session: dict[str, Any]) -> str | None:
    """The role in the session that follows this one."""
    follow_ups.carry_out()
    role: str | None = wire.refresh(session["refresh_token"]).json()["user"]["app_metadata"].get("role")
    return role


@pytest.mark.parametrize("role", ["admin", "agent", "user"])
def test_a_new_role_stands_in_the_next_session(wire: Wire, role: str) -> None:
    session = wire.sign_in()
    administration.change_role(actor=SYSTEM, user_id=row_of(session).pk, role=role)
    assert role_after(wire, session) == role


def test_a_login_learns_the_role_of_the_row_that_it_leads_to(wire: Wire) -> None:
    User.objects.create(phone=f"+{PHONE}", role="agent")
    session = wire.sign_in()
    row_of(session)
    assert role_after(wire, session) == "agent"


def test_a_row_without_a_login_tells_nobody(wire: Wire) -> None:
    row = User.objects.create(phone=f"+{PHONE}")
    administration.change_role(actor=SYSTEM, user_id=row.pk, role="agent")
    follow_ups.carry_out()
