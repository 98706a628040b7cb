"""What a keeper of small things does, whichever it is: Redis for many machines, LMDB for one.

Every operation is one step that happens wholly or not at all, also when the process is killed in the middle. Times are
milliseconds, and the keeper's own clock counts them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from ghar.errors import Unavailable


class StoreAway(Unavailable):
    """What keeps small things cannot be reached."""

    code = "STORE_AWAY"
    message = "Temporary data is unavailable. Please retry."


class StoreFull(Unavailable):
    """The namespace has as many entries, or as many bytes, as it may."""

    code = "STORE_FULL"
    message = "There is no room for further temporary data. Please retry later."


class Put(Enum):
    """What became of an attempt to put something."""

    KEPT = b"kept"
    PRESENT = b"present"
    FULL = b"full"


@dataclass(frozen=True, slots=True)
class Room:
    """The namespace `name`, and the most it may hold. With `keeps_expired` what runs out is told to somebody first."""

    name: str
    most_entries: int
    most_bytes: int
    keeps_expired: bool


@dataclass(frozen=True, slots=True)
class Usage:
    """How much a namespace holds: entries, and the sum of their weights."""

    entries: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Expired:
    """An entry that ran out and was claimed for the `tries`th time."""

    id: int
    key: str
    value: bytes
    tries: int


class Keeper(Protocol):
    """Raises StoreAway everywhere."""

    def put(self, room: Room, key: str, value: bytes, *, weight: int, ttl_ms: int | None, only_absent: bool) -> Put: ...

    def get(self, room: Room, key: str) -> bytes | None: ...

    def take(self, room: Room, key: str) -> bytes | None:
        """Remove an entry and give what it held."""

    def keys(self, room: Room) -> list[str]:
        """Of what has not run out, in no order."""

    def usage(self, room: Room) -> Usage:
        """Of what has not been removed, whether it ran out or not."""

    def expire(self, room: Room) -> int:
        """Remove what ran out; how many. With `keeps_expired` it can be claimed from then on."""

    def claim(self, room: Room, *, lease_ms: int) -> Expired | None:
        """An expired entry that nobody else is given for that long, unless it is confirmed before."""

    def confirm(self, room: Room, expired: int) -> None:
        """What was claimed is done with."""

    def acquire(self, name: str, token: str, *, limit: int, lease_ms: int) -> bool:
        """Have one of so many slots, until it is released or its time is over. The same token may have it again."""

    def release(self, name: str, token: str) -> None: ...

    def clear(self) -> None:
        """Forget everything."""


@cache
def keeper() -> Keeper:
    """The keeper of this process (STORE_BACKEND)."""
    make: Callable[[], Keeper] = import_string(settings.STORE_BACKENDS[settings.STORE_BACKEND])
    return make()
