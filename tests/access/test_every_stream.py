"""Every stream, socket and topic, opened by everybody: who gets in is what it declares."""

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from config.asgi import sockets, streams
from ghar.api.access import Access
from ghar.api.streams import Stream
from ghar.realtime import topics
from ghar.realtime.sockets import Socket
from tests.access.expectations import ANONYMOUS, IN, SUSPENDED, expected
from tests.access.surface import filled
from tests.kernel.asgi.live import PATIENCE_S
from tests.realtime.conftest import variables
from tests.support import issuer
from tests.support.cast import Cast

REFUSED = "refused"


@pytest.fixture
def base(transactional_db: None, lasting_server: Callable[..., str]) -> str:
    return lasting_server(**variables())


@pytest.fixture
def people(transactional_db: None) -> dict[str, Any]:
    """Everybody of the cast, the seeker suspended."""
    made = Cast().everyone()
    suspended = made.pop("seeker")
    suspended.is_active = False
    suspended.save()
    return {SUSPENDED: suspended, **made}


@pytest.fixture
def tokens(people: dict[str, Any]) -> dict[str, str]:
    return {ANONYMOUS: "", **{who: issuer.token_for(user) for who, user in people.items()}}


def opened(base: str, path: str, token: str, method: str) -> str:
    """What happened at a stream, in the words of `expected`."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    body = {"message": "hello"} if method == "POST" else None
    with httpx2.stream(method, base + path, json=body, headers=headers, trust_env=False) as answer:
        if answer.status_code == 200:
            return IN
        return f"{answer.status_code} {json.loads(answer.read())['error']['code']}"


def dialled(base: str, path: str, token: str) -> str:
    """What happened at a socket: refused is closed as a bad token or as forbidden. A frame without sense is answered
    by one that lets in, if only by closing for that.
    """
    query = f"?token={token}" if token else ""
    with connect(base.replace("http", "ws") + path + query, proxy=None) as socket:
        try:
            socket.send("{}")
            socket.recv(timeout=PATIENCE_S)
        except ConnectionClosed as closed:
            return REFUSED if closed.rcvd and closed.rcvd.code in (4001, 4403) else IN
        return IN


def joined(base: str, name: str, token: str) -> str:
    """What happened at a topic."""
    with connect(f"{base.replace('http', 'ws')}/realtime/v1/websocket?vsn=2.0.0", proxy=None) as socket:
        socket.send(json.dumps(["1", "1", name, "phx_join", {"access_token": token}]))
        reply = json.loads(socket.recv(timeout=PATIENCE_S))[4]
    return IN if reply["status"] == "ok" else REFUSED


def lets_in(access: Access, who: str) -> str:
    """What a declaration means for this person, where there is no status to tell refusals apart."""
    return IN if expected(access, who) == IN else REFUSED


def test_everything_declares_who_may_use_it():
    assert [path for path, app in streams.items() if not isinstance(app, Stream)] == []
    assert [route for route in sockets if not isinstance(route.callback, Socket)] == []
    declared = [*streams.values(), *(route.callback for route in sockets), *topics.TOPICS]
    assert [thing for thing in declared if not isinstance(getattr(thing, "access", None), Access)] == []


def test_streams_are_as_declared(base, tokens):
    assert streams
    assert [
        (path, who, happened)
        for path, stream in streams.items()
        for who, token in tokens.items()
        if (happened := opened(base, path, token, stream.methods[0])) != expected(stream.access, who)
    ] == []


def test_sockets_are_as_declared(base, tokens):
    assert sockets
    assert [
        (path, who, happened)
        for path, socket in ((f"/{filled(str(route.pattern))}", route.callback) for route in sockets)
        for who, token in tokens.items()
        if (happened := dialled(base, path, token)) != lets_in(socket.access, who)
    ] == []


@pytest.mark.parametrize("topic", [one for one in topics.TOPICS if not one.is_room], ids=lambda topic: topic.start)
def test_a_topic_is_as_declared_and_for_its_own_person_only(topic, base, people, tokens):
    outcomes = {
        (who, whose): joined(base, f"{topics.PREFIX}{topic.start}{user.id}", token)
        for who, token in tokens.items()
        for whose, user in people.items()
    }
    assert {pair for pair, happened in outcomes.items() if happened == IN} == {
        (who, who) for who in people if lets_in(topic.access, who) == IN
    }


@pytest.mark.parametrize("topic", [one for one in topics.TOPICS if one.is_room], ids=lambda topic: topic.start)
def test_nobody_enters_a_room_that_is_not_there(topic, base, tokens):
    """Who may enter one that is there depends on what it is about; its area tests that."""
    assert {joined(base, f"{topics.PREFIX}{topic.start}{2**40}", token) for token in tokens.values()} == {REFUSED}
