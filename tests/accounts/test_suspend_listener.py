"""Whoever is suspended while they listen to live updates stops hearing them."""

import pytest
from django.conf import settings

from apps.accounts.services import administration
from ghar.actors import Actor
from tests.journeys import live
from tests.realtime.reader import Reader
from tests.support import issuer
from tests.support.cast import Cast


@pytest.mark.django_db(transaction=True)
def test_the_stream_of_a_suspended_person_ends():
    cast = Cast()
    token = issuer.token_for(cast.owner)
    believing = {"PUBLIC_BASE_URL": settings.PUBLIC_BASE_URL, "IDENTITY_SIGNING_KEY": issuer.SIGNING_KEY}
    with live.server(**believing) as base, Reader(base, token=token) as reader:
        reader.frame()
        administration.suspend_user(actor=Actor.of(cast.admin), user_id=cast.owner.id)
        assert reader.rest() == b""
        with Reader(base, token=token) as again:
            assert again.status == 403
