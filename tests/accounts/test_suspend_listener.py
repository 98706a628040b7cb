"""Whoever is suspended while they listen to live updates stops hearing them."""

import pytest

from apps.accounts.services import administration
from ghar.actors import Actor
from tests.realtime.conftest import variables
from tests.realtime.reader import Reader
from tests.support import issuer
from tests.support.cast import Cast


@pytest.mark.django_db(transaction=True)
def test_the_stream_of_a_suspended_person_ends(lasting_server):
    cast = Cast()
    token = issuer.token_for(cast.owner)
    base = lasting_server(**variables())
    with Reader(base, token=token) as reader:
        reader.frame()
        administration.suspend_user(actor=Actor.of(cast.admin), user_id=cast.owner.id)
        assert reader.rest() == b""
        with Reader(base, token=token) as again:
            assert again.status == 403
