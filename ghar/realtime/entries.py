"""What lies in Redis: one stream for each person, job and room, bounded in length and in time."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.conf import settings

WINDOW = 1000
"""Entries that a stream keeps at least; a reader further behind has lost some."""
KEEP_S = 86_400
"""Seconds that a stream is kept after its last entry."""
START = "0-0"
"""The place before the first entry."""

_ID = re.compile(r"(\d{1,20})-(\d{1,20})\Z", re.ASCII)
_MOST = 2**64


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: `data` as it was published, `sent_at` an ISO time, `owner` the person a job belongs to, or in a room
    the connection that says it."""

    id: str
    name: str
    data: bytes
    sent_at: str
    owner: str = ""

    @classmethod
    def of(cls, id: bytes, fields: dict[bytes, bytes]) -> "Entry":  # noqa: A002 -- its name on the wire
        """Read what `fields` wrote."""
        sent_at, owner = fields[b"sent_at"].decode(), fields.get(b"owner", b"").decode()
        return cls(id.decode(), fields[b"name"].decode(), fields[b"data"], sent_at, owner)

    def value(self) -> dict[str, Any]:
        """The data as a value."""
        value: dict[str, Any] = orjson.loads(self.data)
        return value


def user_stream(user_id: int) -> str:
    """The stream of a person, by their local id."""
    return f"user:{user_id}"


def job_stream(job_id: str) -> str:
    """The stream of a job."""
    return f"job:{job_id}"


def room_stream(name: str) -> str:
    """The stream of a room, named by what the people in it share."""
    return f"room:{name}"


def key(stream: str) -> str:
    """The Redis key of a stream."""
    return f"ghar:rt:{stream}"


def bell() -> str:
    """The Pub/Sub channel that names a stream which has something new. It carries no data."""
    return _channel("bell")


def ended() -> str:
    """The Pub/Sub channel that names a stream whose readers must leave."""
    return _channel("ended")


def _channel(name: str) -> str:
    """Pub/Sub knows no databases: without the number, deployments that share a server would hear each other."""
    database = urlsplit(settings.REDIS_URL).path.strip("/") or "0"
    return f"ghar:rt:{database}:{name}"


def is_id(text: str) -> bool:
    """Is this the id of an entry, as Redis writes them?"""
    found = _ID.match(text)
    return found is not None and all(int(part) < _MOST for part in found.groups())


def is_before(one: str, other: str) -> bool:
    """Was the entry of one id made before that of the other?"""
    return _parts(one) < _parts(other)


def _parts(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("-"))
