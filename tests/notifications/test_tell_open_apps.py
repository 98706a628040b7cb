"""Whoever has the app open hears of a notice once it is committed."""

import json

import pytest
from django.db import transaction

from ghar.realtime import entries
from ghar.shared_redis import redis_client
from tests.notifications.telling import tell, with_email

pytestmark = pytest.mark.django_db(transaction=True)


def heard(user_id: int) -> list[tuple[str, dict[str, str]]]:
    """What lies in a person's stream: the name and the data of each event."""
    stream = redis_client().xrange(entries.key(entries.user_stream(user_id)))
    return [(fields[b"name"].decode(), json.loads(fields[b"data"])) for _, fields in stream]


def test_a_notice_is_told_once_to_the_one_it_is_for(cast):
    with transaction.atomic():
        tell(with_email(cast.tenant), route="/terms")
        assert heard(cast.tenant.id) == []
    told = {"type_key": "policy_update", "title": "New terms", "body": "They are on our site.", "route": "/terms"}
    assert heard(cast.tenant.id) == [("new_notification", told)]
    assert heard(cast.owner.id) == []


def test_what_is_rolled_back_is_not_told(cast):
    with transaction.atomic():
        tell(cast.tenant)
        transaction.set_rollback(True)
    assert heard(cast.tenant.id) == []
