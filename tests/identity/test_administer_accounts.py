"""Server-side callers with the secret key make, find, change and end accounts."""

from typing import Any

import pytest

from apps.identity.models import Account
from tests.identity.wire import EMAIL, PASSWORD, PHONE, Wire

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(wire: Wire, settings: Any) -> Wire:
    """A caller with the secret key."""
    return wire.with_headers(HTTP_APIKEY=settings.SUPABASE_SECRET_KEY).bearing(settings.SUPABASE_SECRET_KEY)


def _make(server: Wire, **more: Any) -> dict[str, Any]:
    made = server.post("admin/users", {"phone": PHONE, "password": PASSWORD, "phone_confirm": True, **more})
    assert made.status_code == 200, made.json()
    return made.json()


@pytest.mark.parametrize(
    ("method", "path"),
    [("get", "admin/users"), ("get", "admin/users/7d444840-9dc0-11d1-b245-5ffdce74fad2")],
)
def test_other_keys_are_refused(wire: Wire, method: str, path: str) -> None:
    missing = getattr(wire, method)(path)
    assert (missing.status_code, missing.json()["code"]) == (401, "no_authorization")
    wrong = getattr(wire.bearing("ghar-publishable"), method)(path)
    assert (wrong.status_code, wrong.json()["code"]) == (403, "not_admin")
    holder = wire.bearing(wire.sign_in()["access_token"])
    assert getattr(holder, method)(path).json()["code"] == "not_admin"


def test_the_key_is_asked_for_before_the_body_is_read(wire: Wire) -> None:
    refused = wire.client.post("/auth/v1/admin/users", b"{", content_type="application/json", **wire.headers)
    assert refused.status_code == 401


def test_a_confirmed_account_signs_in_at_once(server: Wire, wire: Wire) -> None:
    made = _make(server, app_metadata={"role": "admin", "provider": "forged"}, user_metadata={"full_name": "Adi"})
    assert made["app_metadata"] == {"role": "admin", "provider": "phone", "providers": ["phone"]}
    assert made["has_password"] is True
    session = wire.password(PHONE, PASSWORD).json()
    assert session["user"]["app_metadata"]["role"] == "admin"
    assert "has_password" not in session["user"]


def test_an_unconfirmed_account_does_not(server: Wire, wire: Wire) -> None:
    _make(server, phone_confirm=False)
    assert wire.password(PHONE, PASSWORD).json()["code"] == "phone_not_confirmed"


def test_an_identifier_is_given_once(server: Wire) -> None:
    _make(server)
    again = server.post("admin/users", {"phone": PHONE})
    assert (again.status_code, again.json()["code"]) == (422, "phone_exists")
    assert server.post("admin/users", {}).json()["code"] == "validation_failed"


def test_accounts_are_found_by_phone_email_and_page(server: Wire) -> None:
    by_phone, by_email = _make(server), server.post("admin/users", {"email": EMAIL}).json()
    assert [user["id"] for user in server.get("admin/users", phone=f"+{PHONE}").json()["users"]] == [by_phone["id"]]
    assert [user["id"] for user in server.get("admin/users", email=EMAIL).json()["users"]] == [by_email["id"]]
    assert len(server.get("admin/users").json()["users"]) == 2
    assert len(server.get("admin/users", page=2, per_page=1).json()["users"]) == 1
    assert server.get("admin/users", page=0).status_code == 400
    assert server.get(f"admin/users/{by_phone['id']}").json()["id"] == by_phone["id"]


def test_a_change_of_password_ends_sessions(server: Wire, wire: Wire) -> None:
    made = _make(server)
    session = wire.sign_in()
    assert server.put(f"admin/users/{made['id']}", {"password": "a new day in Pune"}).status_code == 200
    assert wire.refresh(session["refresh_token"]).status_code == 400
    assert wire.password(PHONE, "a new day in Pune").status_code == 200


def test_a_ban_shuts_out_until_it_is_lifted(server: Wire, wire: Wire) -> None:
    made = _make(server)
    session = wire.sign_in()
    server.put(f"admin/users/{made['id']}", {"ban_duration": "24h"})
    assert wire.refresh(session["refresh_token"]).status_code == 400
    refused = wire.password(PHONE, PASSWORD)
    assert (refused.status_code, refused.json()["code"]) == (403, "user_banned")
    server.put(f"admin/users/{made['id']}", {"ban_duration": "none"})
    assert wire.password(PHONE, PASSWORD).status_code == 200
    assert server.put(f"admin/users/{made['id']}", {"ban_duration": "soon"}).status_code == 400


def test_a_changed_phone_is_unproven_again(server: Wire, wire: Wire) -> None:
    made = _make(server)
    changed = server.put(f"admin/users/{made['id']}", {"phone": "919820011111"}).json()
    assert (changed["phone"], changed["phone_confirmed_at"]) == ("919820011111", None)
    assert wire.password("919820011111", PASSWORD).json()["code"] == "phone_not_confirmed"


def test_somebody_elses_number_written_by_staff_does_not_open_the_account(server: Wire, wire: Wire) -> None:
    made = server.post(
        "admin/users", {"email": EMAIL, "email_confirm": True, "phone": PHONE, "password": PASSWORD}
    ).json()
    session = wire.sign_in(PHONE)
    assert session["user"]["id"] != made["id"]
    assert server.get(f"admin/users/{made['id']}").json()["phone"] == ""


def test_sessions_end_and_accounts_go(server: Wire, wire: Wire) -> None:
    made = _make(server)
    session = wire.sign_in()
    assert server.post(f"admin/users/{made['id']}/logout").status_code == 204
    assert wire.refresh(session["refresh_token"]).status_code == 400
    assert server.delete(f"admin/users/{made['id']}").status_code == 200
    assert not Account.objects.exists()
    gone = server.delete(f"admin/users/{made['id']}")
    assert (gone.status_code, gone.json()["code"]) == (404, "user_not_found")


@pytest.mark.parametrize("path", ["admin/users/7", "admin/users/%00", "admin/users/7/logout"])
def test_what_is_no_id_is_not_found(server: Wire, path: str) -> None:
    answer = server.post(path) if path.endswith("logout") else server.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "user_not_found")
