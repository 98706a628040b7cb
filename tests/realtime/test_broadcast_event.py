"""Another service with the secret key tells a person something; nobody else does."""

import pytest
from django.conf import settings

from ghar.realtime import entries
from ghar.realtime.entries import Entry
from ghar.shared_redis import redis_client

BODY = {"type": "new_match", "data": {"user_id": 4}, "sent_at": "2026-05-01T10:00:00Z"}


def address(person, event="new_match"):
    return f"/realtime/v1/api/broadcast/flatmates%3Auser%3A{person}/events/{event}?private=true"


def told(user):
    raw = redis_client().xrange(entries.key(entries.user_stream(user.id)))
    return [(entry.name, entry.value(), entry.sent_at) for entry in (Entry.of(*one) for one in raw)]


@pytest.fixture
def keyed(api):
    api.credentials(HTTP_APIKEY=settings.SUPABASE_SECRET_KEY)
    return api


@pytest.mark.parametrize("named", ["id", "subject"])
def test_the_person_is_told(keyed, cast, named):
    answer = keyed.post(address(getattr(cast.tenant, named)), BODY)
    assert answer.status_code == 202
    assert told(cast.tenant) == [("new_match", {"user_id": 4}, "2026-05-01T10:00:00+00:00")]


def test_the_key_may_come_as_bearer(api, cast):
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {settings.SUPABASE_SECRET_KEY}")
    assert api.post(address(cast.tenant.id), {"data": {}}).status_code == 202
    assert told(cast.tenant)[0][:2] == ("new_match", {})


def test_without_the_key_nobody_is_told(api, cast):
    assert api.post(address(cast.tenant.id), BODY).status_code == 401
    assert api.as_(cast.admin).post(address(cast.tenant.id), BODY).status_code == 403
    assert told(cast.tenant) == []


@pytest.mark.parametrize(
    ("event", "body", "field"),
    [
        ("no_such_event", BODY, "event"),
        ("new_match", {"type": "new_message", "data": {}}, "type"),
        ("new_match", {"data": [1]}, "data"),
        ("new_match", {}, "data"),
        ("new_match", {"data": {}, "sent_at": "yesterday"}, "sent_at"),
    ],
)
def test_what_is_wrong_is_named(keyed, cast, event, body, field):
    answer = keyed.post(address(cast.tenant.id, event), body)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][1] == field
    assert told(cast.tenant) == []


@pytest.mark.parametrize("person", ["987654321", "99999999999999999999999", "nobody", "0"])
def test_a_person_who_is_none_is_404(keyed, db, person):
    assert keyed.post(address(person), BODY).status_code == 404
