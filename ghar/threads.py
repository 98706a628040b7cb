"""A fixed number of daemon threads behind a line of bounded length.

`concurrent.futures` joins its threads when the interpreter ends, so one stuck view would keep a
process alive for ever. These threads are waited for only as long as `close` is told to.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

logger = logging.getLogger(__name__)

T = TypeVar("T")


class PoolFull(Exception):
    """Every thread is busy and the line is at its bound."""


class ThreadPool:
    def __init__(
        self, threads: int, *, waiting: int, name: str, idle: Callable[[], None] | None = None, idle_after: float = 5.0
    ) -> None:
        """At most `threads` jobs run at once and `waiting` more stand in line. Threads start when needed.

        `idle` is called in a thread that has had nothing to do for `idle_after` seconds, and after its last job.
        """
        self._size = threads
        self._bound = threads + waiting
        self._name = name
        self._idle = idle
        self._idle_after = idle_after
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._unfinished = 0

    def submit(self, job: Callable[[], None]) -> None:
        """Put a job in line. Raises `PoolFull` at the bound."""
        with self._lock:
            if self._unfinished >= self._bound:
                raise PoolFull
            self._unfinished += 1
            if self._unfinished > len(self._threads) < self._size:
                self._add_thread()
        self._jobs.put(job)

    async def call(self, function: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """Run a function in a thread, with the caller's context variables, and await its result."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        run = partial(copy_context().run, function, *arguments, **named)

        def job() -> None:
            try:
                result = run()
            except BaseException as failure:  # noqa: BLE001 -- raised where it is awaited
                loop.call_soon_threadsafe(_settle, future, None, failure)
            else:
                loop.call_soon_threadsafe(_settle, future, result, None)

        self.submit(job)
        return await future

    async def close(self, patience: float) -> None:
        """End the idle threads and wait at most `patience` seconds for the others. A later job starts new."""
        with self._lock:
            threads, self._threads = self._threads, []
        for _ in threads:
            self._jobs.put(None)
        deadline = time.monotonic() + patience
        for thread in threads:
            while thread.is_alive() and time.monotonic() < deadline:  # noqa: ASYNC110 -- a thread sets no event
                await asyncio.sleep(0.01)

    def _add_thread(self) -> None:
        thread = threading.Thread(target=self._work, name=f"{self._name}-{len(self._threads)}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self) -> None:
        while (job := self._next()) is not None:
            try:
                job()
            except BaseException:
                logger.exception("a job of the pool %s failed", self._name)
            job = None  # so that an idle thread keeps no request alive
            with self._lock:
                self._unfinished -= 1
        if self._idle is not None:
            self._idle()

    def _next(self) -> Callable[[], None] | None:
        if self._idle is not None:
            try:
                return self._jobs.get(timeout=self._idle_after)
            except Empty:
                self._idle()
        return self._jobs.get()


def _settle(future: asyncio.Future[Any], result: Any, failure: BaseException | None) -> None:
    if future.done():
        return
    if failure is None:
        future.set_result(result)
    else:
        future.set_exception(failure)
