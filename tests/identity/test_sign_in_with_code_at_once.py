"""Of simultaneous uses of one code exactly one succeeds."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from apps.identity.models import Session
from tests.identity.wire import PHONE, Wire, code_sent_to


@pytest.mark.django_db(transaction=True)
def test_one_code_used_four_times_at_once_signs_in_once(wire: Wire, at_once: Callable[..., list[Any]]) -> None:
    wire.ask_code(PHONE)
    code = code_sent_to(PHONE)
    answers = at_once([lambda: wire.verify(PHONE, code)] * 4)
    assert Counter(answer.status_code for answer in answers) == {200: 1, 403: 3}
    assert Session.objects.count() == 1
