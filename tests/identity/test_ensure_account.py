"""Demo people and a first admin are put in place, as often as one likes."""

import pytest

from apps.identity.models import Account
from apps.identity.services import administration
from tests.identity.wire import EMAIL, PASSWORD, PHONE, Wire

pytestmark = pytest.mark.django_db


def _ensure(**more: str) -> Account:
    return administration.system_ensure_account(
        phone=f"+{PHONE}", email=EMAIL, password=PASSWORD, full_name="Adi Admin", **more
    )


def test_an_ensured_account_signs_in_by_phone_and_email(wire: Wire) -> None:
    account = _ensure(role="admin")
    by_phone, by_email = wire.password(PHONE, PASSWORD).json(), wire.password(EMAIL, PASSWORD).json()
    assert by_phone["user"]["id"] == by_email["user"]["id"] == str(account.id)
    assert by_phone["user"]["app_metadata"]["role"] == "admin"
    assert by_phone["user"]["user_metadata"]["full_name"] == "Adi Admin"


def test_a_second_time_changes_nothing() -> None:
    first, second = _ensure(), _ensure()
    assert first.id == second.id
    assert first.password == second.password
    assert Account.objects.get().identities.count() == 2


def test_somebody_who_signed_up_already_is_completed(wire: Wire) -> None:
    subject = wire.sign_in()["user"]["id"]
    assert str(_ensure().id) == subject
    assert wire.password(EMAIL, PASSWORD).status_code == 200


def test_a_sign_up_that_nobody_confirmed_gives_way(wire: Wire) -> None:
    wire.post("signup", {"email": EMAIL, "password": "somebody else chose this"})
    _ensure()
    assert wire.password(EMAIL, PASSWORD).status_code == 200
