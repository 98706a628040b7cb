"""Somebody who forgot the password gets a code, signs in with it, and sets a new one."""

import pytest

from apps.identity.models import OutboxMessage
from tests.identity.wire import EMAIL, Wire, code_sent_to

pytestmark = pytest.mark.django_db


def test_a_recovery_code_signs_in_to_set_a_new_password(wire: Wire) -> None:
    wire.member(EMAIL)
    assert wire.post("recover", {"email": EMAIL}).json() == {}
    session = wire.verify(EMAIL, code_sent_to(EMAIL), "recovery").json()
    assert wire.bearing(session["access_token"]).put("user", {"password": "remember this one"}).status_code == 200
    assert wire.password(EMAIL, "remember this one").status_code == 200


def test_a_stranger_is_answered_the_same(wire: Wire) -> None:
    answer = wire.post("recover", {"email": EMAIL})
    assert (answer.status_code, answer.json()) == (200, {})
    assert not OutboxMessage.objects.exists()
