"""Small things that are kept for a while, by name: values of bytes in namespaces with a bound.

    DECKS = Namespace("decks", most_entries=10_000, most_bytes=100_000_000)

    DECKS.put("7:abc", body, seconds=3600)
    DECKS.get("7:abc")

    @on_expiry(HOLDS)
    def give_back(key: str, value: bytes) -> None: ...

What may be lost with the keeper (a Redis that was emptied) may be here; what must last belongs into the database.
What runs out is told once to the namespace's one handler, by whichever worker comes first, and again when that worker
died or the handler failed: a handler is right when it is told twice.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from ghar.store.port import Expired, Put, Room, StoreFull, Usage, keeper

logger = logging.getLogger(__name__)

MOST_KEY_BYTES = 300
LEASE_MS = 60_000
"""How long a handler may take; then it is taken for dead."""
MOST_TRIES = 10

Handler = Callable[[str, bytes], None]


@dataclass(frozen=True)
class Namespace:
    """A name, and how much is kept under it at most. `most_bytes` is a number, or gives it where a setting says it."""

    name: str
    most_entries: int
    most_bytes: int | Callable[[], int]

    def __post_init__(self) -> None:
        """Refuse a name that is taken. Raises ValueError."""
        if _namespaces.setdefault(self.name, self) is not self:
            raise ValueError(f"there is a namespace {self.name!r} already")

    def put(self, key: str, value: bytes, *, seconds: float | None = None, weight: int | None = None) -> None:
        """Keep a value, for so many seconds, in place of what was there. It counts as its length, unless `weight` says
        otherwise. Raises StoreFull and StoreAway."""
        self._put(key, value, seconds, weight, only_absent=False)

    def add(self, key: str, value: bytes, *, seconds: float | None = None, weight: int | None = None) -> bool:
        """Keep a value where there is none; whether it was so. Of several at once one succeeds."""
        return self._put(key, value, seconds, weight, only_absent=True)

    def get(self, key: str) -> bytes | None:
        """What is kept. Raises StoreAway."""
        return keeper().get(self.room(), key)

    def take(self, key: str) -> bytes | None:
        """Remove an entry and give what it held, to one caller alone; it is not told of. Raises StoreAway."""
        return keeper().take(self.room(), key)

    def keys(self) -> list[str]:
        """What there is. Raises StoreAway."""
        return sorted(keeper().keys(self.room()))

    def usage(self) -> Usage:
        """How much there is. Raises StoreAway."""
        return keeper().usage(self.room())

    def room(self) -> Room:
        """This namespace as its keeper is told of it."""
        most = self.most_bytes if isinstance(self.most_bytes, int) else self.most_bytes()
        return Room(self.name, self.most_entries, most, self.name in _handlers)

    def _put(self, key: str, value: bytes, seconds: float | None, weight: int | None, *, only_absent: bool) -> bool:
        if not 0 < len(key.encode()) <= MOST_KEY_BYTES:
            raise ValueError(f"a key has 1 to {MOST_KEY_BYTES} bytes")
        ttl_ms = None if seconds is None else max(1, round(seconds * 1000))
        counted = len(value) if weight is None else weight
        put = keeper().put(self.room(), key, value, weight=counted, ttl_ms=ttl_ms, only_absent=only_absent)
        if put is Put.FULL:
            raise StoreFull
        return put is Put.KEPT


_namespaces: dict[str, Namespace] = {}
_handlers: dict[str, Handler] = {}


def all_namespaces() -> list[Namespace]:
    """Every one that is declared, by name."""
    return [_namespaces[name] for name in sorted(_namespaces)]


def on_expiry(namespace: Namespace) -> Callable[[Handler], Handler]:
    """Have a function told of what runs out. Raises ValueError for a second one."""

    def register(handler: Handler) -> Handler:
        if _handlers.setdefault(namespace.name, handler) is not handler:
            raise ValueError(f"{namespace.name!r} tells somebody of what runs out already")
        return handler

    return register


def run_expiries() -> int:
    """Remove what ran out everywhere, and tell of it; how many were told of. Any number of workers may do it at once.

    Raises StoreAway.
    """
    return sum(_run_expiries_of(namespace) for namespace in all_namespaces())


def _run_expiries_of(namespace: Namespace) -> int:
    room, told = namespace.room(), 0
    while keeper().expire(room):
        pass
    handler = _handlers.get(namespace.name)
    while handler is not None and (expired := keeper().claim(room, lease_ms=LEASE_MS)) is not None:
        told += _tell(room, handler, expired)
    return told


def _tell(room: Room, handler: Handler, expired: Expired) -> bool:
    """One that fails is told again when the lease is over, and given up when it failed too often."""
    try:
        handler(expired.key, expired.value)
    except Exception:
        logger.exception("the handler of %s failed on %s, try %s", room.name, expired.key, expired.tries)
        if expired.tries < MOST_TRIES:
            return False
        logger.error("%s of %s was given up", expired.key, room.name)  # noqa: TRY400 - the failure was logged above
    keeper().confirm(room, expired.id)
    return True
