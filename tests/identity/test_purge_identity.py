"""What has run out is forgotten, and nothing else."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from apps.identity.models import Account, OneTimeCode, OutboxMessage, RefreshToken, Session
from ghar import clock
from tests.identity.wire import EMAIL, PASSWORD, PHONE, Wire

pytestmark = pytest.mark.django_db


def test_what_lives_stays(wire: Wire) -> None:
    session = wire.sign_in()
    wire.ask_code("919820011111")
    call_command("run_job", "identity.purge_identity")
    assert wire.refresh(session["refresh_token"]).status_code == 200
    assert (OneTimeCode.objects.count(), OutboxMessage.objects.count(), Account.objects.count()) == (1, 2, 2)


def test_codes_messages_and_unproven_accounts_go_when_they_are_old(wire: Wire) -> None:
    wire.post("signup", {"email": EMAIL, "password": PASSWORD})
    wire.sign_in()
    past = clock.now() - timedelta(days=31)
    OneTimeCode.objects.update(expires_at=past)
    OutboxMessage.objects.update(created_at=past)
    Account.objects.update(created_at=past)
    call_command("run_job", "identity.purge_identity")
    assert not OneTimeCode.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert [account.phone for account in Account.objects.all()] == [PHONE]


def test_sessions_end_when_idle_and_go_later(wire: Wire) -> None:
    session = wire.sign_in()
    Session.objects.update(refreshed_at=clock.now() - timedelta(days=91))
    call_command("run_job", "identity.purge_identity")
    assert Session.objects.get().ending == "idle"
    assert wire.refresh(session["refresh_token"]).status_code == 400
    Session.objects.update(ended_at=clock.now() - timedelta(days=31))
    call_command("run_job", "identity.purge_identity")
    assert not Session.objects.exists()
    assert not RefreshToken.objects.exists()
