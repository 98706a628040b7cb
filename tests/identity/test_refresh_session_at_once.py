"""Simultaneous refreshes with one token rotate once."""

from collections.abc import Callable
from typing import Any

import pytest

from apps.identity.models import RefreshToken
from tests.identity.wire import Wire


@pytest.mark.django_db(transaction=True)
def test_four_refreshes_at_once_make_one_successor(wire: Wire, at_once: Callable[..., list[Any]]) -> None:
    token = wire.sign_in()["refresh_token"]
    answers = at_once([lambda: wire.refresh(token)] * 4)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["refresh_token"] for answer in answers}) == 1
    assert RefreshToken.objects.count() == 2
    assert RefreshToken.objects.filter(used_at=None).count() == 1
