"""Caps hold when several notices come at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.notifications.telling import tell, titles_of
from tests.support.cast import Cast


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_as_many_pass_as_the_cap_allows():
    user = Cast().tenant
    ready = Barrier(8)

    def send(_: int) -> str | None:
        ready.wait()
        try:
            return tell(user, "promotion_generic")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        sent = [kept for kept in threads.map(send, range(8)) if kept]
    assert len(sent) == len(titles_of(user)) == 2
