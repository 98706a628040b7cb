"""Simultaneous sign-ups of one phone leave one account and one living code."""

from collections.abc import Callable
from typing import Any

import pytest

from apps.identity.models import Account, OneTimeCode
from tests.identity.wire import PASSWORD, PHONE, Wire, code_sent_to


@pytest.mark.django_db(transaction=True)
def test_four_sign_ups_at_once_make_one_account(wire: Wire, at_once: Callable[..., list[Any]]) -> None:
    answers = at_once([lambda: wire.post("signup", {"phone": PHONE, "password": PASSWORD})] * 4)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Account.objects.count() == OneTimeCode.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sign_up_and_code_at_once_make_one_account(wire: Wire, at_once: Callable[..., list[Any]]) -> None:
    calls = [lambda: wire.post("signup", {"phone": PHONE, "password": PASSWORD}), lambda: wire.ask_code(PHONE)]
    assert {answer.status_code for answer in at_once(calls * 2)} == {200}
    assert Account.objects.count() == 1
    assert wire.verify(PHONE, code_sent_to(PHONE)).status_code in (200, 403)
