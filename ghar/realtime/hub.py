"""The readers' side: one hub a process holds two Redis connections, however many streams and sockets are open, and
a few more for what people in rooms say.

A `Feed` is one reader's place in one stream. It takes the next entries only when the reader has taken the last,
so nothing piles up here: a slow reader falls behind in Redis, and who falls out of the window there is told.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import structlog
from django.conf import settings
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from ghar.errors import NotAllowed, Unavailable
from ghar.realtime import entries
from ghar.realtime.doorbell import Doorbell, Listener
from ghar.realtime.entries import Entry
from ghar.realtime.rooms import Member, Room
from ghar.realtime.windows import AT_ONCE, Windows

log = structlog.get_logger(__name__)

PATIENCE_S = 2.0
"""Seconds that a new reader waits for Redis before it is refused."""
REREAD_S = 1.0
"""Seconds after which a reader tries again when a read failed."""


class RealtimeAway(Unavailable):
    """Live updates cannot be had now; everything else works."""

    code = "REALTIME_UNAVAILABLE"
    message = "Live updates are unavailable. Please retry."


class ReaderEnded(NotAllowed):
    """The person may no longer read: suspended, or signed out everywhere."""

    code = "REALTIME_ENDED"
    message = "This connection was ended."


@dataclass(frozen=True, slots=True)
class Batch:
    """What came: entries in order. `gap`: some before them may be lost, so fetch again."""

    entries: list[Entry] = field(default_factory=list)
    gap: bool = False


class Feed:
    """One reader's place in one stream."""

    def __init__(self, stream: str, windows: Windows, listener: Listener) -> None:
        self._stream = stream
        self._windows = windows
        self._listener = listener
        self._resumed = False
        self._look_anyway = True  # at first, when there was more than one read gives, and after a long silence
        self.place = entries.START
        """The id of the last entry that was taken."""

    async def go_to(self, place: str | None) -> Entry | None:
        """Begin after an id, or, with None, at the end; the last entry is given then, if there is one."""
        if place is not None:
            self.place, self._resumed = place, True
            return None
        window = await self._windows.read(self._stream, after=None)
        last = window.entries[-1] if window.entries else None
        self.place = last.id if last else entries.START
        return last

    async def next(self, patience: float) -> Batch:
        """What comes next, after at most `patience` seconds; empty when nothing came. Raises ReaderEnded."""
        try:
            async with asyncio.timeout(patience):
                while True:
                    _stop_when_cancelled()
                    if not self._look_anyway:
                        await self._listener.rung.wait()
                    batch = await self._look()
                    if batch.entries or batch.gap:
                        return batch
        except TimeoutError:
            self._look_anyway = True
            return Batch()

    async def _look(self) -> Batch:
        if self._listener.ended:
            raise ReaderEnded
        self._listener.rung.clear()
        try:
            window = await self._windows.read(self._stream, after=self.place)
        except RedisError:
            self._look_anyway = True
            await asyncio.sleep(REREAD_S)
            return Batch()
        gap = window.lacks(self.place, resumed=self._resumed) or self._listener.missed
        self._listener.missed = self._resumed = False
        self._look_anyway = len(window.entries) == AT_ONCE
        if window.entries:
            self.place = window.entries[-1].id
        return Batch(window.entries, gap)


class Hub:
    """The readers of one process. `running` is a resource of the process; `feed` is for readers."""

    def __init__(self) -> None:
        self._doorbell: Doorbell | None = None
        self._windows: Windows | None = None
        self._redis: Redis | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Listen and read on the running loop. Redis need not be there yet."""
        doorbell, windows = Doorbell(), Windows()
        self._doorbell, self._windows = doorbell, windows
        self._redis = _few_connections()
        tasks = [_kept(doorbell.run), _kept(windows.run)]
        try:
            yield
        finally:
            self._doorbell = self._windows = None
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._redis.aclose()

    @asynccontextmanager
    async def feed(
        self, stream: str, *, after: str | None = None, until_ended: tuple[str, ...] = ()
    ) -> AsyncIterator[tuple[Feed, Entry | None]]:
        """A place in a stream, after an id or at its end, and the last entry in the latter case.

        It ends with its stream, and with those of `until_ended`: who may read nothing may not read in a room.
        Raises RealtimeAway when Redis cannot be heard.
        """
        doorbell, windows = self._doorbell, self._windows
        if doorbell is None or windows is None or not await doorbell.is_connected(PATIENCE_S):
            raise RealtimeAway
        with doorbell.listening(stream, *until_ended) as listener:
            feed = Feed(stream, windows, listener)
            try:
                last = await feed.go_to(after)
            except RedisError as fault:
                raise RealtimeAway from fault
            yield feed, last

    def room(self, stream: str, user_id: int) -> Room:
        """A new connection's part in a room. Raises RealtimeAway outside `running`."""
        if self._redis is None:
            raise RealtimeAway
        return Room(self._redis, stream, Member.of(user_id))


hub = Hub()
"""The hub of this process."""


def _few_connections() -> Redis:
    """What members of rooms say goes over these, one after another when all are in use."""
    pool = BlockingConnectionPool.from_url(settings.REDIS_URL, max_connections=4, timeout=2, socket_timeout=2)
    return Redis(connection_pool=pool)


def _kept(run: Callable[[Redis], Awaitable[None]]) -> "asyncio.Task[None]":
    """A task with a Redis connection of its own.

    It has no timeout on reads and no retries inside: redis-py would swallow a cancellation in the one and hide a
    lost subscription in the other.
    """

    async def keep() -> None:
        while True:
            try:
                await connected()
            except Exception:
                log.exception("a task of the realtime hub failed")
                await asyncio.sleep(REREAD_S)

    async def connected() -> None:
        async with Redis.from_url(
            settings.REDIS_URL,
            max_connections=1,
            socket_timeout=None,
            socket_connect_timeout=PATIENCE_S,
            retry=Retry(NoBackoff(), 0),
        ) as redis:
            await run(redis)

    return asyncio.get_running_loop().create_task(keep())


def _stop_when_cancelled() -> None:
    """A cancellation that some library swallowed is taken up again here."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
