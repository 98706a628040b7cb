"""Refresh tokens work once; a lost answer is given again for a moment; a reuse ends the session."""

from datetime import timedelta

import pytest

from apps.identity.models import RefreshToken, Session
from ghar import clock
from tests.identity.wire import Wire

pytestmark = pytest.mark.django_db


def _let_grace_pass() -> None:
    RefreshToken.objects.filter(used_at__isnull=False).update(used_at=clock.now() - timedelta(seconds=11))


def test_a_refresh_rotates_the_token_and_keeps_the_session(wire: Wire) -> None:
    first = wire.sign_in()
    second = wire.refresh(first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert second["user"]["id"] == first["user"]["id"]
    assert wire.refresh(second["refresh_token"]).status_code == 200
    assert Session.objects.count() == 1


def test_a_client_that_lost_the_answer_gets_the_same_successor(wire: Wire) -> None:
    first = wire.sign_in()["refresh_token"]
    once, again = wire.refresh(first).json(), wire.refresh(first).json()
    assert once["refresh_token"] == again["refresh_token"]
    assert RefreshToken.objects.filter(used_at=None).count() == 1


def test_a_reuse_after_the_grace_is_refused_and_ends_the_family(wire: Wire) -> None:
    first = wire.sign_in()["refresh_token"]
    second = wire.refresh(first).json()["refresh_token"]
    _let_grace_pass()
    reused = wire.refresh(first)
    assert (reused.status_code, reused.json()["code"]) == (400, "refresh_token_already_used")
    successor = wire.refresh(second)
    assert (successor.status_code, successor.json()["code"]) == (400, "refresh_token_already_used")


def test_a_reuse_within_the_grace_is_refused_when_the_successor_was_used(wire: Wire) -> None:
    first = wire.sign_in()["refresh_token"]
    second = wire.refresh(first).json()["refresh_token"]
    third = wire.refresh(second).json()["refresh_token"]
    assert wire.refresh(first).json()["code"] == "refresh_token_already_used"
    assert wire.refresh(third).status_code == 400


def test_a_reuse_leaves_the_other_sessions_alone(wire: Wire) -> None:
    first, other = wire.sign_in(), wire.sign_in()
    wire.refresh(first["refresh_token"])
    _let_grace_pass()
    wire.refresh(first["refresh_token"])
    assert wire.refresh(other["refresh_token"]).status_code == 200


def test_an_unknown_token_is_not_found(wire: Wire) -> None:
    refused = wire.refresh("no-such-token")
    assert (refused.status_code, refused.json()["code"]) == (400, "refresh_token_not_found")


def test_a_session_that_nobody_used_for_long_is_not_found(wire: Wire) -> None:
    token = wire.sign_in()["refresh_token"]
    Session.objects.update(refreshed_at=clock.now() - timedelta(days=91))
    assert wire.refresh(token).json()["code"] == "refresh_token_not_found"


def test_only_hashes_are_stored(wire: Wire) -> None:
    token = wire.sign_in()["refresh_token"]
    stored = RefreshToken.objects.get()
    assert token not in (stored.digest, stored.salt)
