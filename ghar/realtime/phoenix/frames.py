"""Frames of the Phoenix protocol: arrays in version 2.0.0, objects in version 1.0.0, the same five parts in both."""

from dataclasses import dataclass
from typing import Any

import orjson

from ghar.realtime.sockets import BadFrame, parsed

VERSIONS = ("1.0.0", "2.0.0")
PARTS = ("join_ref", "ref", "topic", "event", "payload")
BROADCAST_PUSH = 3
"""The kind of binary frame in which version 2.0.0 clients broadcast themselves."""
JSON = 1


@dataclass(frozen=True, slots=True)
class Frame:
    """One message. `ref` numbers what a client asks, `join_ref` its membership in the topic."""

    join_ref: str | None
    ref: str | None
    topic: str
    event: str
    payload: dict[str, Any]

    def reply(self, status: str, response: dict[str, Any]) -> "Frame":
        """The answer to this one: `status` is ok or error."""
        payload = {"status": status, "response": response}
        return Frame(self.join_ref, self.ref, self.topic, "phx_reply", payload)


def read(received: str | bytes, version: str) -> Frame:
    """What a client sent. Raises BadFrame."""
    if isinstance(received, bytes):
        return _read_broadcast(received)
    value = parsed(received)
    if version == "1.0.0" and isinstance(value, dict):
        parts = [value.get(name) for name in PARTS]
    elif version == "2.0.0" and isinstance(value, list) and len(value) == len(PARTS):
        parts = value
    else:
        raise BadFrame
    join_ref, ref, topic, event, payload = parts
    if not (isinstance(topic, str) and isinstance(event, str)):
        raise BadFrame
    return Frame(_text(join_ref), _text(ref), topic, event, payload if isinstance(payload, dict) else {})


def write(frame: Frame, version: str) -> str:
    """A frame as text."""
    parts = [frame.join_ref, frame.ref, frame.topic, frame.event, frame.payload]
    value = parts if version == "2.0.0" else dict(zip(PARTS, parts, strict=True))
    return orjson.dumps(value).decode()


def _text(ref: Any) -> str | None:
    """Some clients number with numbers."""
    return None if ref is None else str(ref)


def _read_broadcast(data: bytes) -> Frame:
    """A client's own broadcast: a byte for the kind, five with the lengths of the texts that follow, one that says
    whether the rest is JSON; then membership, number, topic, event, what is known of the rest, and the rest.
    """
    if len(data) < 7 or data[0] != BROADCAST_PUSH:
        raise BadFrame
    texts, start = [], 7
    for length in data[1:6]:
        texts.append(data[start : start + length].decode(errors="replace"))
        start += length
    join_ref, ref, topic, event, _ = texts
    told = parsed(data[start:].decode(errors="replace")) if data[6] == JSON else {}
    payload = {"type": "broadcast", "event": event, "payload": told}
    return Frame(join_ref or None, ref or None, topic, "broadcast", payload)
