"""One Redis subscription a process: it says that a stream has something new, never what.

What matters lies in the streams, so a ring that is lost costs a delay and no event. After the subscription was
lost, everybody is rung and told that publishers may have met the same outage.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import RedisError

from ghar.realtime import entries

log = structlog.get_logger(__name__)

RETRY_S = 1.0
QUIET_S = 15.0
"""Seconds of silence after which the subscription is asked whether it is alive."""


class Listener:
    """One reader's bell. `missed`: events may be lost; `ended`: the reader must leave."""

    def __init__(self) -> None:
        self.rung = asyncio.Event()
        self.missed = False
        self.ended = False


class Doorbell:
    """Runs on one event loop, in `run`; the other methods are for that loop only."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = {}
        self._connected = asyncio.Event()
        self._was_connected = False

    @contextmanager
    def listening(self, *streams: str) -> Iterator[Listener]:
        """A bell that rings for streams. Listen first and read then, or an entry may fall between."""
        listener = Listener()
        for stream in streams:
            self._listeners.setdefault(stream, set()).add(listener)
        try:
            yield listener
        finally:
            for stream in streams:
                self._forget(stream, listener)

    def _forget(self, stream: str, listener: Listener) -> None:
        others = self._listeners[stream]
        others.discard(listener)
        if not others:
            del self._listeners[stream]

    async def is_connected(self, patience: float) -> bool:
        """Does it hear Redis? Waits at most `patience` seconds for it."""
        try:
            async with asyncio.timeout(patience):
                await self._connected.wait()
        except TimeoutError:
            return False
        return True

    async def run(self, redis: Redis) -> None:
        """Listen until cancelled, connecting again whenever the connection is lost."""
        while True:
            try:
                async with redis.pubsub() as subscription:
                    await subscription.subscribe(entries.bell(), entries.ended())
                    await self._follow(subscription)
            except (RedisError, OSError) as fault:
                log.warning("the realtime doorbell is away", error=str(fault))
            self._connected.clear()
            await asyncio.sleep(RETRY_S)

    async def _follow(self, subscription: PubSub) -> None:
        """Hear until the connection is lost; one that is silent is asked, since a dead one may never say so."""
        asked = False
        while True:
            message = await subscription.get_message(timeout=QUIET_S)
            if message is not None:
                self._hear(message)
                asked = False
            elif asked:
                raise RedisAway("no answer to a ping")
            else:
                await subscription.ping()
                asked = True

    def _hear(self, message: dict[str, object]) -> None:
        kind, channel, data = message["type"], message["channel"], message["data"]
        if kind == "subscribe" and channel == entries.bell().encode():
            self._begin()
        elif kind == "message" and isinstance(data, bytes):
            self._ring(data.decode(), ended=channel == entries.ended().encode())

    def _begin(self) -> None:
        """Subscribed, for the first time or again."""
        for stream in self._listeners if self._was_connected else ():
            for listener in self._listeners[stream]:
                listener.missed = True
                listener.rung.set()
        self._was_connected = True
        self._connected.set()

    def _ring(self, stream: str, *, ended: bool) -> None:
        for listener in self._listeners.get(stream, ()):
            listener.ended = listener.ended or ended
            listener.rung.set()
