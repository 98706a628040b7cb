"""Clients that speak the Phoenix protocol join their own topic and are told what happens there, in both versions."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.sync.client import ClientConnection

from ghar import clock
from ghar.realtime import publish
from tests.kernel.asgi.live import PATIENCE_S
from tests.realtime.test_listen_on_socket import code, dial
from tests.support import issuer

PARTS = ("join_ref", "ref", "topic", "event", "payload")
OK = {"status": "ok", "response": {"postgres_changes": []}}
VERSIONS = ("1.0.0", "2.0.0")


class Phoenix:
    """A client of one version, as plain as the wire."""

    def __init__(self, socket: ClientConnection, version: str) -> None:
        self.socket = socket
        self._version = version
        self._ref = 0

    def send(self, topic: str, event: str, payload: dict[str, Any]) -> str:
        """Ask something, and give its number."""
        self._ref += 1
        values = ["1", str(self._ref), topic, event, payload]
        frame = values if self._version == "2.0.0" else dict(zip(PARTS, values, strict=True))
        self.socket.send(json.dumps(frame))
        return str(self._ref)

    def heard(self) -> dict[str, Any]:
        frame = json.loads(self.socket.recv(timeout=PATIENCE_S))
        return dict(frame) if self._version == "1.0.0" else dict(zip(PARTS, frame, strict=True))

    def ask(self, topic: str, event: str, payload: dict[str, Any]) -> Any:
        """Ask something; gives the payload of the reply to it."""
        ref = self.send(topic, event, payload)
        frame = self.heard()
        assert (frame["event"], frame["ref"], frame["topic"]) == ("phx_reply", ref, topic)
        return frame["payload"]

    def join(self, topic: str, token: str, **presence: Any) -> Any:
        config = {"broadcast": {"ack": False, "self": False}, "presence": presence, "private": True}
        return self.ask(topic, "phx_join", {"config": {**config, "postgres_changes": []}, "access_token": token})


@pytest.fixture(params=VERSIONS)
def phoenix(base: str, request: pytest.FixtureRequest) -> Iterator[Phoenix]:
    with dial(base, f"/realtime/v1/websocket?apikey=ghar-publishable&vsn={request.param}") as socket:
        yield Phoenix(socket, request.param)


@pytest.fixture
def topic(person: Any) -> str:
    return f"realtime:flatmates:user:{person.id}"


def test_what_is_published_arrives_as_a_broadcast(phoenix, person, topic, token):
    assert phoenix.join(topic, token) == OK
    publish.to_user(person.id, "new_message", {"conversation_id": 3})
    frame = phoenix.heard()
    sent_at = frame["payload"]["payload"].pop("sent_at")
    message = {"type": "new_message", "data": {"conversation_id": 3}}
    payload = {"type": "broadcast", "event": "new_message", "payload": message}
    assert frame == {"join_ref": "1", "ref": None, "topic": topic, "event": "broadcast", "payload": payload}
    assert sent_at[:10] == clock.now().isoformat()[:10]


def test_the_topic_may_name_the_person_by_the_subject_of_the_token(phoenix, person, token):
    assert phoenix.join(f"realtime:flatmates:user:{person.subject}", token) == OK


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("realtime:flatmates:user:{stranger}", "TOPIC_FORBIDDEN"),
        ("realtime:flatmates:user:", "TOPIC_UNKNOWN"),
        ("realtime:anything:else", "TOPIC_UNKNOWN"),
    ],
)
def test_other_topics_cannot_be_joined(phoenix, stranger, token, name, reason):
    reply = phoenix.join(name.format(stranger=stranger.id), token)
    assert reply["status"] == "error"
    assert reply["response"]["reason"].startswith(reason)


@pytest.mark.parametrize("bad", ["nonsense", None])
def test_without_a_good_token_no_topic_can_be_joined(phoenix, topic, bad):
    reply = phoenix.join(topic, bad)
    assert (reply["status"], reply["response"]["reason"][:13]) == ("error", "TOKEN_INVALID")


def test_a_suspended_person_cannot_join(phoenix, suspended):
    topic = f"realtime:flatmates:user:{suspended.id}"
    assert phoenix.join(topic, issuer.token_for(suspended))["response"]["reason"].startswith("USER_INACTIVE")


def test_a_heartbeat_is_answered(phoenix):
    assert phoenix.ask("phoenix", "heartbeat", {}) == {"status": "ok", "response": {}}


def test_who_leaves_is_told_so_and_nothing_more(phoenix, person, topic, token):
    phoenix.join(topic, token)
    assert phoenix.ask(topic, "phx_leave", {}) == {"status": "ok", "response": {}}
    assert phoenix.heard()["event"] == "phx_close"
    publish.to_user(person.id, "new_match", {})
    assert phoenix.ask("phoenix", "heartbeat", {})["status"] == "ok"


def test_a_topic_is_closed_when_its_token_ends(phoenix, person, topic):
    phoenix.join(topic, issuer.token_for(person, exp=issuer.in_seconds(3)))
    assert phoenix.heard()["event"] == "phx_close"


def test_a_newer_token_keeps_a_topic_open(phoenix, person, topic, token):
    soon = issuer.in_seconds(3)
    phoenix.join(topic, issuer.token_for(person, exp=soon))
    phoenix.send(topic, "access_token", {"access_token": token})
    issuer.wait_until_over(soon)
    publish.to_user(person.id, "new_match", {})
    assert phoenix.heard()["event"] == "broadcast"


@pytest.mark.parametrize("bad", ["expired", "nonsense", "somebody else's"])
def test_a_bad_newer_token_closes_the_topic(phoenix, person, stranger, topic, token, bad):
    phoenix.join(topic, token)
    tokens = {
        "expired": issuer.token_for(person, exp=issuer.in_seconds(-5)),
        "somebody else's": issuer.token_for(stranger),
    }
    phoenix.send(topic, "access_token", {"access_token": tokens.get(bad, bad)})
    assert phoenix.heard()["event"] == "phx_close"


def test_a_person_suspended_meanwhile_is_shown_out(phoenix, person, topic, token):
    phoenix.join(topic, token)
    publish.end_readers(person.id)
    assert phoenix.heard()["event"] == "phx_close"


def test_presence_is_an_empty_room(phoenix, topic, token):
    phoenix.join(topic, token, key="", enabled=True)
    frame = phoenix.heard()
    assert (frame["event"], frame["payload"]) == ("presence_state", {})
    assert phoenix.ask(topic, "presence", {"type": "presence", "event": "track"})["status"] == "error"


def test_clients_may_not_broadcast(phoenix, topic, token):
    phoenix.join(topic, token)
    assert phoenix.ask(topic, "broadcast", {"type": "broadcast", "event": "new_match"})["status"] == "error"


def test_joining_again_takes_the_place_of_the_first_membership(phoenix, person, topic, token):
    phoenix.join(topic, token)
    ref = phoenix.send(topic, "phx_join", {"access_token": token})
    assert [phoenix.heard()["event"] for _ in range(2)] == ["phx_close", "phx_reply"]
    publish.to_user(person.id, "new_match", {})
    assert phoenix.heard()["event"] == "broadcast"
    assert phoenix.ask("phoenix", "heartbeat", {})["status"] == "ok"
    assert int(ref) == 2


def test_an_event_of_a_topic_that_was_not_joined_is_an_error(phoenix, topic):
    assert phoenix.ask(topic, "phx_leave", {}) == {"status": "error", "response": {"reason": "unmatched topic"}}


@pytest.mark.parametrize("text", ["{", "[]", "7", '["1","2",3,"phx_join",{}]', '{"topic": 5, "event": "x"}', b"\x09"])
def test_a_frame_that_is_none_closes_the_socket(phoenix, text):
    phoenix.socket.send(text)
    assert code(phoenix.socket) == (4400, "BAD_FRAME")


def test_a_version_that_is_not_spoken_closes_the_socket(base):
    with dial(base, "/realtime/v1/websocket?vsn=3.0.0") as socket:
        assert code(socket) == (4400, "BAD_FRAME")
