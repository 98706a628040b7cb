"""Reading the streams for all readers of a process over one connection, many at a time.

Readers come and go in the middle of a read; a task of its own does the reading, so that none of them leaves a
connection half used. What is asked for while a read is under way goes into the next one.
"""

import asyncio
from dataclasses import dataclass

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import RedisError

from ghar.realtime import entries
from ghar.realtime.entries import Entry

log = structlog.get_logger(__name__)

AT_ONCE = 100
"""Entries that one reader is given at once, and readers that are served at once."""
TIMEOUT_S = 5.0
REST_S = 0.5
"""Seconds without an attempt after one has failed."""
REPLIES = 3

_Raw = tuple[bytes, dict[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Window:
    """What a stream holds after a place: at most `AT_ONCE` entries, the oldest id it has, and its length."""

    entries: list[Entry]
    oldest: str | None
    length: int

    def lacks(self, after: str, *, resumed: bool) -> bool:
        """May entries after a place be gone already?

        A stream shorter than the window has lost nothing by its length. So a reader who has been here all the time
        lost nothing; one who comes back may have been away for longer than the stream was kept.
        """
        if self.oldest is None:
            return resumed and after != entries.START
        if not entries.is_before(after, self.oldest):
            return False
        return self.length >= entries.WINDOW or (resumed and after != entries.START)


@dataclass(frozen=True, slots=True)
class _Wish:
    stream: str
    after: str | None
    result: "asyncio.Future[Window]"


class Windows:
    """Runs on one event loop, in `run`."""

    def __init__(self) -> None:
        self._wishes: list[_Wish] = []
        self._wished = asyncio.Event()

    async def read(self, stream: str, *, after: str | None) -> Window:
        """What comes after an id; after None, the last entry alone. Raises RedisError."""
        result: asyncio.Future[Window] = asyncio.get_running_loop().create_future()
        self._wishes.append(_Wish(stream, after, result))
        self._wished.set()
        return await result

    async def run(self, redis: Redis) -> None:
        """Read until cancelled."""
        while True:
            await self._wished.wait()
            wishes, self._wishes = self._wishes[:AT_ONCE], self._wishes[AT_ONCE:]
            if not self._wishes:
                self._wished.clear()
            await self._fulfil(redis, [wish for wish in wishes if not wish.result.done()])

    async def _fulfil(self, redis: Redis, wishes: list[_Wish]) -> None:
        if not wishes:
            return
        try:
            async with asyncio.timeout(TIMEOUT_S), redis.pipeline(transaction=True) as commands:
                for wish in wishes:
                    _ask(commands, wish)
                replies = await commands.execute()
        except (RedisError, OSError, TimeoutError) as fault:
            log.warning("redis did not answer the realtime readers", error=str(fault))
            _fail(wishes, RedisAway(str(fault)))
            await asyncio.sleep(REST_S)
            return
        for number, wish in enumerate(wishes):
            _grant(wish, *replies[REPLIES * number : REPLIES * (number + 1)])


def _ask(commands: Pipeline, wish: _Wish) -> None:
    """Three commands; in one transaction, so that nothing is trimmed between them."""
    key = entries.key(wish.stream)
    if wish.after is None:
        commands.xrevrange(key, count=1)
    else:
        commands.xrange(key, min=f"({wish.after}", count=AT_ONCE)
    commands.xrange(key, count=1)
    commands.xlen(key)


def _grant(wish: _Wish, found: list[_Raw], oldest: list[_Raw], length: int) -> None:
    if wish.result.done():
        return
    try:
        read = [Entry.of(*raw) for raw in found]
    except (KeyError, ValueError) as foreign:
        wish.result.set_exception(foreign)
    else:
        wish.result.set_result(Window(read, oldest[0][0].decode() if oldest else None, length))


def _fail(wishes: list[_Wish], fault: RedisAway) -> None:
    for wish in wishes:
        if not wish.result.done():
            wish.result.set_exception(fault)
