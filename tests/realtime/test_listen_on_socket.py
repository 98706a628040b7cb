"""A signed-in person is told what happens to them over a WebSocket, which says with its close code what is wrong."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from ghar.realtime import publish
from tests.kernel.asgi.live import PATIENCE_S, free_port
from tests.support import issuer


def dial(base: str, path: str) -> ClientConnection:
    return connect(base.replace("http", "ws") + path, proxy=None)


def heard(socket: ClientConnection) -> dict[str, Any]:
    """The next frame that says something."""
    while (frame := json.loads(socket.recv(timeout=PATIENCE_S)))["type"] == "heartbeat":
        pass
    return dict(frame)


def code(socket: ClientConnection) -> tuple[int, str]:
    """How it was closed."""
    try:
        while True:
            socket.recv(timeout=PATIENCE_S)
    except ConnectionClosed as closed:
        return (closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else (1006, "")


@pytest.fixture
def socket(base: str, token: str) -> Iterator[ClientConnection]:
    with dial(base, f"/ws/notifications?token={token}") as opened:
        assert heard(opened)["type"] == "connected"
        yield opened


def test_what_is_published_arrives(socket, person):
    made = publish.to_user(person.id, "visit_updated", {"visit_id": 7})
    data = {"type": "visit_updated", "visit_id": 7}
    assert heard(socket) == {"type": "notification", "id": made, "data": data}


def test_the_old_address_answers(base, person, token):
    with dial(base, f"/ws/user?token={token}") as socket:
        assert heard(socket)["type"] == "connected"
        publish.to_user(person.id, "new_match", {})
        assert heard(socket)["data"] == {"type": "new_match"}


def test_a_ping_is_answered_and_other_talk_is_not(socket):
    for text in ("hello", "{", '{"type": "auth"}', "ping"):
        socket.send(text)
    assert socket.recv(timeout=PATIENCE_S) == "pong"


def test_silence_is_filled_with_heartbeats(socket):
    assert json.loads(socket.recv(timeout=PATIENCE_S)) == {"type": "heartbeat"}


def test_a_token_may_come_in_the_first_frame(base, person, token):
    with dial(base, "/ws/notifications") as socket:
        socket.send(json.dumps({"type": "auth", "token": token}))
        assert heard(socket)["type"] == "connected"


def test_what_was_missed_comes_first(base, person, token):
    first, second = (publish.to_user(person.id, "new_message", {"conversation_id": n}) for n in (1, 2))
    with dial(base, f"/ws/notifications?token={token}&last_event_id={first}") as socket:
        assert heard(socket)["id"] == first
        assert heard(socket)["id"] == second


@pytest.mark.parametrize("first", ["nonsense", '{"type": "auth", "token": "nonsense"}'])
def test_a_first_frame_without_a_good_token_is_4001(base, first):
    with dial(base, "/ws/notifications") as socket:
        socket.send(first)
        assert code(socket) == (4001, "TOKEN_INVALID")


def test_a_bad_token_is_4001(base):
    with dial(base, "/ws/notifications?token=nonsense") as socket:
        assert code(socket) == (4001, "TOKEN_INVALID")


def test_a_suspended_person_is_4403(base, suspended):
    with dial(base, f"/ws/notifications?token={issuer.token_for(suspended)}") as socket:
        assert code(socket) == (4403, "USER_INACTIVE")


def test_a_person_suspended_meanwhile_is_4403(socket, person):
    publish.end_readers(person.id)
    assert code(socket) == (4403, "REALTIME_ENDED")


def test_an_unknown_path_is_4404(base):
    with dial(base, "/ws/nothing") as socket:
        assert code(socket)[0] == 4404


def test_when_the_provider_is_away_it_is_4503(serve, token):
    with (
        serve(SUPABASE_URL=f"http://127.0.0.1:{free_port()}") as (base, _),
        dial(base, f"/ws/notifications?token={token}") as socket,
    ):
        assert code(socket) == (4503, "AUTH_PROVIDER_UNREACHABLE")


def test_one_more_than_there_is_room_for_is_4503(serve, token):
    path = f"/ws/notifications?token={token}"
    with serve(SOCKETS_MOST="1") as (base, _), dial(base, path) as first:
        heard(first)
        with dial(base, path) as second:
            assert code(second) == (4503, "TOO_MANY_STREAMS")


def test_it_ends_with_its_token(base, person):
    with dial(base, f"/ws/notifications?token={issuer.token_for(person, exp=issuer.in_seconds(3))}") as socket:
        assert code(socket) == (4001, "TOKEN_INVALID")


def test_a_new_token_keeps_it_open(base, person):
    soon = issuer.in_seconds(3)
    with dial(base, f"/ws/notifications?token={issuer.token_for(person, exp=soon)}") as socket:
        socket.send(json.dumps({"type": "auth", "token": issuer.token_for(person)}))
        issuer.wait_until_over(soon)
        publish.to_user(person.id, "new_match", {})
        assert [heard(socket)["type"] for _ in range(2)] == ["connected", "notification"]


def test_a_new_token_of_somebody_else_is_4001(socket, stranger):
    socket.send(json.dumps({"type": "auth", "token": issuer.token_for(stranger)}))
    assert code(socket) == (4001, "TOKEN_INVALID")


def test_a_frame_of_any_size_is_not_taken(socket):
    socket.send("x" * 70_000)
    assert code(socket) == (4400, "BAD_FRAME")


def test_a_job_tells_its_owner_where_it_is_and_how_it_goes_on(base, person, token):
    publish.to_job("a1", owner_id=person.id, data={"status": "pending", "progress": 0})
    publish.to_job("a1", owner_id=person.id, data={"status": "processing", "progress": 40})
    with dial(base, f"/ws/jobs/a1?token={token}") as socket:
        now = {"type": "job_update", "job_id": "a1", "data": {"status": "processing", "progress": 40}}
        assert heard(socket) == now
        publish.to_job("a1", owner_id=person.id, data={"status": "completed", "progress": 100, "result": {"id": 3}})
        assert heard(socket)["data"] == {"status": "completed", "progress": 100, "result": {"id": 3}}


def test_a_job_of_somebody_else_and_one_that_is_none_are_4404_alike(base, stranger, token):
    publish.to_job("a2", owner_id=stranger.id, data={"status": "pending"})
    for job in ("a2", "a3"):
        with dial(base, f"/ws/jobs/{job}?token={token}") as socket:
            assert code(socket) == (4404, "JOB_NOT_FOUND")
