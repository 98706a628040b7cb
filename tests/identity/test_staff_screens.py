"""Admins look at accounts, sessions and messages, ban and sign out; nobody else sees them."""

from typing import Any

import jwt
import pytest
from django.test import Client as Browser

from tests.identity.wire import PASSWORD, PHONE, Wire, code_sent_to
from tests.support.cast import Cast
from tests.support.screens import act

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(cast: Cast) -> Browser:
    """An admin's browser."""
    browser = Browser()
    browser.force_login(cast.admin)
    return browser


def _act(browser: Browser, screen: str, action: str, key: str) -> Any:
    return act(browser, f"/admin/identity/{screen}/", {"action": action, "_selected_action": [key]})


@pytest.mark.parametrize("screen", ["account", "session", "outboxmessage"])
def test_admins_open_the_lists_and_agents_do_not(admin: Browser, cast: Cast, wire: Wire, screen: str) -> None:
    wire.sign_in()
    shown = admin.get(f"/admin/identity/{screen}/")
    assert shown.status_code == 200
    assert PHONE in shown.content.decode()
    agent = Browser()
    agent.force_login(cast.agent)
    assert agent.get(f"/admin/identity/{screen}/").status_code == 403


def test_the_outbox_shows_the_code_outside_production(admin: Browser, wire: Wire) -> None:
    wire.ask_code(PHONE)
    assert code_sent_to(PHONE) in admin.get("/admin/identity/outboxmessage/").content.decode()


def test_an_account_page_shows_no_secret(admin: Browser, wire: Wire) -> None:
    account = wire.member()["user"]["id"]
    page = admin.get(f"/admin/identity/account/{account}/change/").content.decode()
    assert PHONE in page
    assert "argon2" not in page


def test_a_ban_shuts_out_and_is_lifted(admin: Browser, wire: Wire) -> None:
    session = wire.member()
    _act(admin, "account", "ban", session["user"]["id"])
    assert wire.refresh(session["refresh_token"]).status_code == 400
    assert wire.password(PHONE, PASSWORD).json()["code"] == "user_banned"
    _act(admin, "account", "unban", session["user"]["id"])
    assert wire.password(PHONE, PASSWORD).status_code == 200


def test_sessions_are_ended_one_by_one_or_all_at_once(admin: Browser, wire: Wire) -> None:
    first, second = wire.sign_in(), wire.sign_in()
    session = wire.bearing(first["access_token"])
    key = _session_id(first)
    _act(admin, "session", "end", key)
    assert session.get("user").json()["code"] == "session_not_found"
    assert wire.bearing(second["access_token"]).get("user").status_code == 200
    _act(admin, "account", "sign_out", first["user"]["id"])
    assert wire.bearing(second["access_token"]).get("user").status_code == 403


def _session_id(session: dict[str, Any]) -> str:
    return jwt.decode(session["access_token"], options={"verify_signature": False})["session_id"]
