"""The demo people and who may load them."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from apps.accounts.models import User
from apps.accounts.services import demo
from apps.properties.rules import demo_listings, pictures
from apps.support.services import pages
from ghar.actors import Actor
from ghar.progress import Progress

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(demo_listings, "COUNT", 1)
    monkeypatch.setattr(pictures, "VARIANTS", 1)


def _said(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_there_is_somebody_for_every_part() -> None:
    demo.system_load_demo(Progress())
    parts = {part: User.objects.get(phone=phone) for part, phone, _, _ in demo.system_demo_sign_ins()}
    assert {part: user.role for part, user in parts.items()} == {
        "admin": "admin",
        "agent": "agent",
        "owner": "user",
        "seeker": "user",
    }
    assert all(user.is_seed_data for user in parts.values())


def test_staff_have_the_admins_password_and_nobody_else_has() -> None:
    demo.system_load_demo(Progress())
    by_part = {part: User.objects.get(phone=phone) for part, phone, _, _ in demo.system_demo_sign_ins()}
    assert by_part["admin"].check_password(demo.PASSWORD)
    assert by_part["agent"].check_password(demo.PASSWORD)
    assert not by_part["owner"].has_usable_password()


def test_a_phone_that_a_real_person_has_is_left_to_them() -> None:
    real = User.objects.create(phone=demo.PEOPLE[0].phone, full_name="Real")
    demo.system_load_demo(Progress())
    real.refresh_from_db()
    assert (real.full_name, real.is_seed_data, real.role) == ("Real", False, "user")
    assert "admin" not in {part for part, *_ in demo.system_demo_sign_ins()}


def test_production_refuses_demo_sign_ins_unless_somebody_insists(settings: Any) -> None:
    settings.ENVIRONMENT = "production"
    with pytest.raises(CommandError, match="--i-know"):
        _said("load_demo")
    assert not User.objects.exists()
    _said("load_demo", "--i-know")
    assert User.objects.filter(is_seed_data=True).exists()


def test_the_welcome_shows_the_addresses_and_the_sign_ins_only_when_loaded() -> None:
    assert "Demo sign-ins" not in _said("welcome", "--base", "http://127.0.0.1:3600/")
    demo.system_load_demo(Progress())
    told = _said("welcome", "--base", "http://127.0.0.1:3600/")
    assert "http://127.0.0.1:3600/api/v1/docs" in told
    assert f"{demo.PEOPLE[0].phone}   {demo.PEOPLE[0].email}" in told
    assert demo.PASSWORD in told


@pytest.fixture
def kept() -> User:
    """The demo admin, who wrote a page that is real."""
    demo.system_load_demo(Progress())
    admin = User.objects.get(phone=demo.PEOPLE[0].phone)
    pages.create_page(actor=Actor.of(admin), unique_name="rules", title="Rules", content="Be kind.")
    return admin


def _sign_in(user: User) -> int:
    body = {"username": user.phone, "password": demo.PASSWORD}
    return Client().post("/admin/login/", body).status_code


def test_who_is_kept_is_named_and_locked_out(kept: User) -> None:
    browser = Client()
    browser.force_login(kept)
    assert _sign_in(kept) == 302
    told = _said("clear_seed")
    kept.refresh_from_db()
    assert f"{kept.full_name} ({kept.phone}) is kept, locked out, because of real rows: pages." in told
    assert (kept.role, kept.is_active, kept.has_usable_password()) == ("user", False, False)
    assert _sign_in(kept) == 200
    assert browser.get("/admin/").status_code == 302


def test_the_welcome_names_nobody_who_was_kept(kept: User) -> None:
    _said("clear_seed")
    assert "Demo sign-ins" not in _said("welcome")


def test_who_was_kept_is_let_in_again_with_the_next_demo_data(kept: User) -> None:
    _said("clear_seed")
    _said("load_demo")
    assert _sign_in(kept) == 302
    assert demo.PEOPLE[0].phone in _said("welcome")
