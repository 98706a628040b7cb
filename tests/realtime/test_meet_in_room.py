"""In the room of a visit its people see who is there and who is typing, whichever process they are connected to."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker
from redis.asyncio import Redis

from apps.accounts.models import User
from apps.visits.models import Visit
from ghar.realtime import entries, publish, rooms
from ghar.shared_redis import redis_client
from tests.journeys import node
from tests.realtime.test_join_topic import OK, VERSIONS, Phoenix
from tests.realtime.test_listen_on_socket import dial
from tests.support import issuer
from tests.support.listings import make_listing
from tests.support.visits import make_visit

Enter = Callable[..., AbstractContextManager[Phoenix]]
TYPING = {"type": "broadcast", "event": "typing", "payload": {"is_typing": True}}


@pytest.fixture(scope="module")
def visit(people: dict[str, User], django_db_blocker: DjangoDbBlocker) -> Visit:
    """The person's visit to the stranger's home, really in the database, where the server finds it."""
    with django_db_blocker.unblock():
        return make_visit(people["person"], make_listing(people["stranger"]))


@pytest.fixture(scope="module")
def passer_by(people: dict[str, User], django_db_blocker: DjangoDbBlocker) -> User:
    """Somebody whom the visit does not concern."""
    with django_db_blocker.unblock():
        return User.objects.create(subject=str(uuid4()), full_name="passer-by")


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def enter(base: str, visit: Visit, version: str) -> Enter:
    """Connect somebody and join the room."""

    @contextmanager
    def entered(somebody: User, **presence: Any) -> Iterator[Phoenix]:
        with dial(base, f"/realtime/v1/websocket?apikey=x&vsn={version}") as socket:
            client = Phoenix(socket, version)
            assert client.join(topic(visit), issuer.token_for(somebody), **presence) == OK
            yield client

    return entered


def topic(visit: Visit) -> str:
    return f"realtime:visit:{visit.pk}"


def track(client: Phoenix, visit: Visit, event: str = "track") -> None:
    client.send(topic(visit), "presence", {"type": "presence", "event": event, "payload": {"name": "Somebody else"}})


def heard(client: Phoenix, event: str) -> Any:
    """The next thing of this name; answers to what the client said may come in between."""
    while (frame := client.heard())["event"] == "phx_reply":
        assert frame["payload"] == {"status": "ok", "response": {}}
    assert frame["event"] == event
    return frame["payload"]


def test_members_see_who_comes_and_goes(enter: Enter, visit: Visit, person: User, stranger: User) -> None:
    with enter(person, key="", enabled=True) as visitor:
        assert heard(visitor, "presence_state") == {}
        track(visitor, visit)
        joined = heard(visitor, "presence_diff")["joins"]
        assert list(joined) == [str(person.id)]
        (meta,) = joined[str(person.id)]["metas"]
        assert (meta["user_id"], sorted(meta)) == (person.id, ["online_at", "phx_ref", "user_id"])
        with enter(stranger, key="chosen", enabled=True) as host:
            assert heard(host, "presence_state") == joined
            track(host, visit)
            assert list(heard(visitor, "presence_diff")["joins"]) == [str(stranger.id)]
            track(host, visit, "untrack")
            assert list(heard(visitor, "presence_diff")["leaves"]) == [str(stranger.id)]
            time.sleep(rooms.PAUSE_S)
            track(host, visit)
            assert list(heard(visitor, "presence_diff")["joins"]) == [str(stranger.id)]
        assert list(heard(visitor, "presence_diff")["leaves"]) == [str(stranger.id)]


def test_who_types_is_told_to_the_others(enter: Enter, visit: Visit, person: User, stranger: User) -> None:
    with enter(person) as visitor, enter(stranger) as host:
        visitor.send(topic(visit), "broadcast", TYPING)
        message = heard(host, "broadcast")
        assert (message["event"], message["payload"]["type"]) == ("typing", "typing")
        assert message["payload"]["data"] == {"user_id": person.id, "is_typing": True}
        assert visitor.heard()["event"] == "phx_reply"
        time.sleep(rooms.PAUSE_S)
        visitor.send(topic(visit), "broadcast", {**TYPING, "payload": {"is_typing": False, "user_id": stranger.id}})
        assert heard(host, "broadcast")["payload"]["data"] == {"user_id": person.id, "is_typing": False}
        host.send(topic(visit), "broadcast", TYPING)
        assert heard(visitor, "broadcast")["payload"]["data"]["user_id"] == stranger.id


def test_people_on_two_processes_share_a_room(
    enter: Enter, visit: Visit, version: str, person: User, stranger: User, serve: Any
) -> None:
    with serve() as (other, _), enter(person) as visitor:
        with dial(other, f"/realtime/v1/websocket?apikey=x&vsn={version}") as socket:
            host = Phoenix(socket, version)
            assert host.join(topic(visit), issuer.token_for(stranger)) == OK
            track(host, visit)
            assert list(heard(visitor, "presence_diff")["joins"]) == [str(stranger.id)]
        assert list(heard(visitor, "presence_diff")["leaves"]) == [str(stranger.id)]


def test_somebody_whose_process_died_is_taken_out(enter: Enter, visit: Visit, person: User, stranger: User) -> None:
    dead = orjson.dumps([stranger.id, "2026-05-01T10:00:00+00:00", time.time() - 1])
    redis_client().hset(entries.key(f"room:visit:{visit.pk}:present"), "dead", dead)
    with enter(person, enabled=True) as visitor:
        assert heard(visitor, "presence_state") == {}

    async def renew() -> None:
        async with Redis.from_url(settings.REDIS_URL) as redis:
            room = rooms.Room(redis, f"room:visit:{visit.pk}", rooms.Member.of(person.id))
            await room.enter()
            room._renew_at = 0
            await room.renew()
            assert list(await room.present()) == [str(person.id)]
            await room.leave()

    with enter(person) as visitor:
        asyncio.run(renew())
        assert list(heard(visitor, "presence_diff")["joins"]) == [str(person.id)]
        assert list(heard(visitor, "presence_diff")["leaves"]) == [str(stranger.id)]
        assert list(heard(visitor, "presence_diff")["leaves"]) == [str(person.id)]


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        ("broadcast", {"type": "broadcast", "event": "new_message", "payload": {"text": "hello"}}),
        ("broadcast", {"type": "broadcast"}),
        ("presence", {"type": "presence", "event": "shout"}),
        ("presence", {}),
        ("anything", {"event": "track"}),
    ],
)
def test_nothing_else_may_be_said(
    enter: Enter, visit: Visit, person: User, event: str, payload: dict[str, Any]
) -> None:
    with enter(person) as visitor:
        reply = visitor.ask(topic(visit), event, payload)
        assert (reply["status"], reply["response"]["reason"][:14]) == ("error", "ONLY_LISTENING")


def test_nobody_types_all_the_time(enter: Enter, visit: Visit, person: User) -> None:
    with enter(person) as visitor:
        for _ in range(5):
            visitor.send(topic(visit), "broadcast", TYPING)
        replies = [visitor.heard()["payload"]["status"] for _ in range(5)]
    assert replies[0] == "ok"
    assert "error" in replies


def test_a_person_suspended_meanwhile_is_shown_out(enter: Enter, visit: Visit, person: User, stranger: User) -> None:
    with enter(person) as visitor, enter(stranger) as host:
        publish.end_readers(stranger.id)
        assert host.heard()["event"] == "phx_close"
        assert visitor.ask(topic(visit), "broadcast", TYPING)["status"] == "ok"


def test_nobody_comes_and_goes_all_the_time(enter: Enter, visit: Visit, person: User) -> None:
    with enter(person) as visitor:
        for event in ("track", "track", "untrack", "track"):
            track(visitor, visit, event)
        frames = [visitor.heard() for _ in range(6)]
    told = [frame["payload"] for frame in frames if frame["event"] == "presence_diff"]
    replies = [frame["payload"]["status"] for frame in frames if frame["event"] == "phx_reply"]
    assert [(len(diff["joins"]), len(diff["leaves"])) for diff in told] == [(1, 0), (0, 1)]
    assert replies == ["ok", "ok", "ok", "error"]


@pytest.mark.parametrize("name", ["visit:{other}", "visit:0x1", "visit:-1", "visit:" + "9" * 30, "visit:"])
def test_others_stay_outside(base: str, version: str, visit: Visit, person: User, name: str) -> None:
    with dial(base, f"/realtime/v1/websocket?apikey=x&vsn={version}") as socket:
        reply = Phoenix(socket, version).join(name.format(other=visit.pk + 1), issuer.token_for(person))
    assert (reply["status"], reply["response"]["reason"].split(":")[0]) in {
        ("error", "TOPIC_UNKNOWN"), ("error", "VISIT_NOT_FOUND"),
    }  # fmt: skip


def test_a_stranger_to_the_visit_stays_outside(base: str, version: str, visit: Visit, passer_by: User) -> None:
    with dial(base, f"/realtime/v1/websocket?apikey=x&vsn={version}") as socket:
        reply = Phoenix(socket, version).join(topic(visit), issuer.token_for(passer_by))
    assert reply["response"]["reason"].startswith("VISIT_NOT_FOUND")


def test_supabase_js_meets_itself_there(base: str, visit: Visit, version: str, person: User, stranger: User) -> None:
    node.install()

    def client(somebody: User) -> AbstractContextManager[node.Listener]:
        return node.channel(
            base, settings.SUPABASE_PUBLISHABLE_KEY, version=version, topic=f"visit:{visit.pk}",
            token=issuer.token_for(somebody), events=["presence", "typing"],
        )  # fmt: skip

    with client(person) as visitor, client(stranger) as host:
        for listener in (visitor, host):
            until(listener, {"status": "SUBSCRIBED", "error": None})
        visitor.do(track={"name": "me"})
        until(host, {"present": [str(person.id)]})
        host.do(track={})
        until(visitor, {"present": sorted([str(person.id), str(stranger.id)])})
        host.do(say={"event": "typing", "payload": {"is_typing": True}})
        told = until(visitor, None)
        assert told["payload"]["data"] == {"user_id": stranger.id, "is_typing": True}
        host.do(untrack=True)
        until(visitor, {"present": [str(person.id)]})


def until(listener: node.Listener, wanted: dict[str, Any] | None) -> dict[str, Any]:
    """The next line that is this one; without one, the next event of the room."""
    while (told := listener.told()) != wanted:
        if wanted is None and "event" in told:
            break
    return told
