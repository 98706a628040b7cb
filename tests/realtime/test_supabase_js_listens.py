"""An unmodified supabase-js client joins a person's private channel and hears what happens to them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.conf import settings

from apps.accounts.models import User
from ghar.realtime import publish
from tests.journeys import node
from tests.journeys.node import Listener
from tests.realtime.test_replay_events import kill_subscriptions
from tests.support import issuer

pytestmark = pytest.mark.journey
VERSIONS = ("1.0.0", "2.0.0")
SUBSCRIBED = {"status": "SUBSCRIBED", "error": None}

Join = Callable[..., AbstractContextManager[Listener]]


@pytest.fixture(params=VERSIONS)
def join(request: pytest.FixtureRequest, base: str, person: User) -> Join:
    """A channel of a live server, in each version of the protocol."""
    node.install()

    def channel(token: str, *, whose: User = person, key: str = settings.SUPABASE_PUBLISHABLE_KEY) -> Any:
        topic, events = f"flatmates:user:{whose.id}", ["visit_updated", "new_message"]
        return node.channel(base, key, version=request.param, topic=topic, token=token, events=events)

    return channel


def test_it_joins_hears_and_leaves(join: Join, person: User) -> None:
    with join(issuer.token_for(person)) as listener:
        assert listener.told() == SUBSCRIBED
        for number in range(3):
            publish.to_user(person.id, "visit_updated", {"visit_id": number})
        heard = [listener.told() for _ in range(3)]
        listener.do(leave=True)
        ended = [listener.told() for _ in range(2)]
    assert [(frame["event"], frame["payload"]["type"]) for frame in heard] == [("visit_updated", "visit_updated")] * 3
    assert [frame["payload"]["data"] for frame in heard] == [{"visit_id": number} for number in range(3)]
    assert {"left": "ok"} in ended
    assert {"status": "CLOSED", "error": None} in ended


def test_another_service_tells_with_the_secret_key(join: Join, person: User) -> None:
    message = {"type": "new_message", "data": {"conversation_id": 3}, "sent_at": "2026-05-01T10:00:00+00:00"}
    with (
        join(issuer.token_for(person)) as listener,
        join("", key=settings.SUPABASE_SECRET_KEY) as service,
        join("") as anybody,
    ):
        assert listener.told() == SUBSCRIBED
        service.do(send={"event": "new_message", "payload": message})
        assert service.told() == {"sent": {"success": True}}
        assert listener.told() == {"event": "new_message", "payload": message}
        anybody.do(send={"event": "new_message", "payload": message})
        assert "success" not in anybody.told()["sent"]


def test_it_cannot_join_somebody_elses_channel(join: Join, person: User, stranger: User) -> None:
    with join(issuer.token_for(person), whose=stranger) as listener:
        told = listener.told()
    assert told["status"] == "CHANNEL_ERROR"
    assert "TOPIC_FORBIDDEN" in told["error"]


def test_a_newer_token_keeps_the_channel_and_a_bad_one_closes_it(join: Join, person: User) -> None:
    soon = issuer.in_seconds(6)  # Node.js may take its time to start
    with join(issuer.token_for(person, exp=soon)) as listener:
        assert listener.told() == SUBSCRIBED
        listener.do(token=issuer.token_for(person))
        issuer.wait_until_over(soon)
        publish.to_user(person.id, "visit_updated", {"visit_id": 1})
        assert listener.told()["event"] == "visit_updated"
        listener.do(token=issuer.token_for(person, exp=issuer.in_seconds(-1)))
        assert listener.told() == {"status": "CLOSED", "error": None}


def test_it_joins_again_when_something_may_have_been_missed(join: Join, person: User) -> None:
    with join(issuer.token_for(person)) as listener:
        assert listener.told() == SUBSCRIBED
        kill_subscriptions()
        assert listener.told()["status"] == "CHANNEL_ERROR"
        assert listener.told() == SUBSCRIBED
        publish.to_user(person.id, "visit_updated", {"visit_id": 1})
        assert listener.told()["payload"]["data"] == {"visit_id": 1}
