"""The end of a process in order: no stream outlives SIGTERM, and requests in flight are finished.

Servers differ here. Uvicorn and granian stop accepting and wait, for ever if a stream stays open;
daphne cancels everything at once. So the application hears the signal first: streams end at once,
requests have `grace` seconds, and what is left then is cancelled. Daphne hears of the signal last, and
granian when the sockets are closed, because it waits for requests alone and drops what a socket still has to send.
"""

import asyncio
import logging
import signal
import threading
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

from ghar import lifespan
from ghar.asgi import servers

logger = logging.getLogger(__name__)

FLUSH = 0.1
"""Seconds for the last bytes to leave, since Twisted drops what its connections still hold when it stops, and granian
what its sockets hold."""

SOCKETS_GRACE = 1.0
"""Seconds that sockets have to close themselves."""


class Drain:
    def __init__(self, grace: float) -> None:
        self._grace = grace
        self._tasks: set[asyncio.Task[Any]] = set()
        self._sockets: set[asyncio.Task[Any]] = set()
        self._listeners: set[Callable[[], object]] = set()
        self._ending: asyncio.Task[None] | None = None
        self._watching: asyncio.AbstractEventLoop | None = None
        self._held = servers.HeldSignals()
        self.begun = False
        self.over = False
        """Whether the time of grace is over and what was left has been cancelled."""

    def enter(self, *, socket: bool) -> asyncio.Task[Any] | None:
        """Count the running task as a request in flight, or as a socket; give the result to `leave`."""
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            if socket:
                self._sockets.add(task)
                self._hold_granian()
        return task

    def _hold_granian(self) -> None:
        """Have granian wait for sockets, of which this is the first."""
        watching = self._watching
        if not (self._held.are_held or self.begun) and watching is asyncio.get_running_loop() and servers.is_granian():
            self._held.hold(watching)

    def leave(self, task: asyncio.Task[Any] | None) -> None:
        if task is not None:
            self._tasks.discard(task)
            self._sockets.discard(task)

    def listen(self, listener: Callable[[], object]) -> None:
        """Have something called, on the loop, when draining begins."""
        self._listeners.add(listener)

    def forget(self, listener: Callable[[], object]) -> None:
        self._listeners.discard(listener)

    def watch(self) -> None:
        """Hear SIGTERM and SIGINT before the server does. Does nothing outside the main thread (tests)."""
        loop = asyncio.get_running_loop()
        if threading.current_thread() is threading.main_thread() and self._watching is not loop:
            self._watching = loop
            for number in (signal.SIGTERM, signal.SIGINT):
                self._watch_signal(loop, number)

    def _watch_signal(self, loop: asyncio.AbstractEventLoop, number: signal.Signals) -> None:
        previous = signal.getsignal(number)
        if not callable(previous):
            return

        def tell_server(signum: int, frame: FrameType | None) -> None:
            if self._held.are_held:
                self._held.release(loop, signum)
            else:
                previous(signum, frame)

        def on_signal(signum: int, frame: FrameType | None) -> None:
            first = not (lifespan.is_draining() or loop.is_closed())
            lifespan.begin_draining()
            hold = servers.twisted_reactor() is not None or self._held.are_held
            if first:
                loop.call_soon_threadsafe(self._begin, partial(tell_server, signum, frame) if hold else None)
            if not (first and hold):
                tell_server(signum, frame)

        signal.signal(number, on_signal)

    def _begin(self, then: Callable[[], object] | None) -> None:
        self.begun = True
        for listener in tuple(self._listeners):
            listener()
        self._ending = asyncio.get_running_loop().create_task(self._end(then))

    async def _end(self, then: Callable[[], object] | None) -> None:
        deadline = asyncio.get_running_loop().time() + self._grace
        if then is not None and self._held.are_held:
            await self._until_sockets_are_closed()
            then()
            then = None
        while self._tasks and (left := deadline - asyncio.get_running_loop().time()) > 0:
            await asyncio.wait(self._tasks, timeout=left)
        self.over = True
        if self._tasks:
            logger.warning("%d requests did not end within %s s", len(self._tasks), self._grace)
        for task in self._tasks:
            task.cancel()
        if then is not None:
            await asyncio.sleep(FLUSH)
            then()

    async def _until_sockets_are_closed(self) -> None:
        if self._sockets:
            await asyncio.wait(self._sockets, timeout=SOCKETS_GRACE)
            await asyncio.sleep(FLUSH)
