"""Runs a `Lifespan` under any server, and the ASGI lifespan of mounted applications inside it."""

import asyncio
import contextvars
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from ghar.asgi.types import ASGIApp, Message
from ghar.lifespan import Lifespan

logger = logging.getLogger(__name__)

CLOSE_TIMEOUT = 4.0


class LifespanHost:
    """Opens and closes a lifespan in one task of its own.

    One task, because cancel scopes must be left where they were entered; an empty context, because
    under daphne it starts in somebody's request. A start that failed is tried again by the next `begin`.
    """

    def __init__(self, lifespan: Lifespan) -> None:
        self._lifespan = lifespan
        self._loop: asyncio.AbstractEventLoop | None = None
        self._started: asyncio.Future[None] | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()

    @property
    def running(self) -> bool:
        """Whether everything is open on the running loop."""
        started = self._started
        return started is not None and self._loop is asyncio.get_running_loop() and started.done()

    def begin(self) -> bool:
        """Begin to open everything; False when that was done on this loop already."""
        loop = asyncio.get_running_loop()
        if self._started is not None and self._loop is loop:
            return False
        self._loop, self._started, self._stopping = loop, loop.create_future(), asyncio.Event()
        self._task = loop.create_task(self._run(self._started), context=contextvars.Context())
        return True

    async def opened(self) -> None:
        """Await the opening. Raises `LifespanFailed` when a required resource did not open."""
        if self._started is not None:
            await asyncio.shield(self._started)

    async def stop(self) -> None:
        """Close everything, within `CLOSE_TIMEOUT` seconds."""
        self._stopping.set()
        if self._task is not None and self._loop is asyncio.get_running_loop():
            await asyncio.wait([self._task], timeout=CLOSE_TIMEOUT)

    async def _run(self, started: asyncio.Future[None]) -> None:
        try:
            await self._lifespan.open()
        except Exception as failure:  # noqa: BLE001 -- raised where it is awaited
            self._started = None
            started.set_exception(failure)
            return
        started.set_result(None)
        try:
            await self._stopping.wait()
        finally:  # also when the loop ends without a word
            await self._lifespan.close()


@asynccontextmanager
async def mounted(app: ASGIApp) -> AsyncIterator[None]:
    """Run an application's own ASGI lifespan; one that has none is left alone, as servers do."""
    to_app: asyncio.Queue[Message] = asyncio.Queue()
    from_app: asyncio.Queue[Message] = asyncio.Queue()
    scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": {}}
    task = asyncio.ensure_future(app(scope, to_app.get, from_app.put))
    try:
        started = await _ask(task, to_app, from_app, "startup")
        yield
        if started:
            await _ask(task, to_app, from_app, "shutdown")
    finally:
        task.cancel()


async def _ask(
    task: "asyncio.Future[None]",
    to_app: "asyncio.Queue[Message]",
    from_app: "asyncio.Queue[Message]",
    step: str,
) -> bool:
    """Send one lifespan message and await the answer; False when the application does not speak lifespan."""
    to_app.put_nowait({"type": f"lifespan.{step}"})
    answer = asyncio.ensure_future(from_app.get())
    waiting: list[asyncio.Future[Any]] = [task, answer]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    if not answer.done():
        answer.cancel()
        if not task.cancelled() and (failure := task.exception()):
            logger.warning("a mounted application takes no part in the lifespan: %r", failure)
        return False
    message = answer.result()
    if message["type"] == f"lifespan.{step}.failed":
        raise RuntimeError(message.get("message", ""))
    return True
