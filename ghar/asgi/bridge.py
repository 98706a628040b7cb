"""Ordinary HTTP on its way to a WSGI application in a bounded thread pool.

Costs a quarter of Django's own ASGI handler, and bounds the database connections of the process:
each thread keeps one. See docs/decisions/0002-http-through-a-wsgi-bridge.md.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import BinaryIO

from ghar.asgi import replies, servers
from ghar.asgi.body import MIB, BodyReader, ClientLeft
from ghar.asgi.environ import build_environ
from ghar.asgi.exchange import AppFailed, Exchange, Part, WSGIApp
from ghar.asgi.replies import Refuse
from ghar.asgi.types import Receive, Scope, Send
from ghar.errors import DomainError, InternalError, Unavailable
from ghar.threads import PoolFull, ThreadPool

logger = logging.getLogger(__name__)

SMALL = 256 * 1024
"""Bytes that a connection takes without waiting for its client."""
CLOSE_TIMEOUT = 1.0
"""Seconds that a stopping process waits for views whose answer nobody takes any more."""
WATCH_AFTER = 0.5
"""Seconds after which a request is worth a task that looks whether its client left."""


class WsgiBridge:
    """An ASGI application for HTTP that runs a WSGI application.

    `threads` views run at once and `queue` requests wait for a thread; more are answered 503.
    A body is held in memory up to `spool_memory` bytes, then on disk; over `body_limit` it is answered 413.
    `larger_bodies`: exact path -> the limit that a body has there.
    A client that sends nothing of its body for `stall` seconds is answered 408. What is answered in place of the
    application, `refuse` words; it is called on the loop and must not wait.
    """

    def __init__(
        self,
        app: WSGIApp,
        *,
        threads: int = 8,
        queue: int = 1024,
        spool_memory: int = MIB,
        body_limit: int = 60 * MIB,
        larger_bodies: Mapping[str, int] | None = None,
        stall: float = 30.0,
        refuse: Refuse = replies.refuse,
    ) -> None:
        self._app = app
        self._refuse = refuse
        self._pool = ThreadPool(threads, waiting=queue, name="web")
        self._bodies = BodyReader(memory=spool_memory, limit=body_limit, stall=stall, larger=larger_bodies)

    @asynccontextmanager
    async def threads(self) -> AsyncIterator[None]:
        """The pool as a resource of the process: leaving it lets the views that still run end."""
        yield
        await self._pool.close(CLOSE_TIMEOUT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body, length = await self._bodies.read(scope, receive)
        except ClientLeft:
            logger.debug("the client left while it sent its body: %s", scope["path"])
        except DomainError as refused:
            refused.headers["Connection"] = "close"  # what is left of the body is not read
            await replies.send_whole(send, self._refuse(scope, refused))
        else:
            await self._answer(scope, receive, send, body, length)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, body: BinaryIO, length: int | None) -> None:
        exchange = Exchange(self._app, build_environ(scope, body, length))
        try:
            self._pool.submit(exchange.run)
        except PoolFull:
            body.close()
            logger.warning("every thread is busy and the line is full")
            await replies.send_whole(send, self._refuse(scope, _busy()))
            return
        watch = _Watch(exchange, receive)
        try:
            await _forward(exchange, watch, send)
        except AppFailed:
            await replies.send_whole(send, self._refuse(scope, InternalError()))
        except ClientLeft:
            logger.debug("the client left: %s", scope["path"])
        finally:
            watch.stop()
            exchange.abandon()


def _busy() -> Unavailable:
    return Unavailable("The server is busy. Please retry.", headers={"Retry-After": "1"})


async def _forward(exchange: Exchange, watch: "_Watch", send: Send) -> None:
    """Send the answer. Raises `AppFailed` when there is none."""
    part = await exchange.part
    await send(replies.start(part.status or 0, part.headers))
    if part.last and len(part.chunk) <= SMALL:
        await send(replies.body(part.chunk))
    else:
        watch.start()
        await _forward_stream(exchange, part, send)


async def _forward_stream(exchange: Exchange, part: Part, send: Send) -> None:
    async with servers.with_pressure(send) as paced_send:
        await paced_send(replies.body(part.chunk, more=not part.last))
        while not (part.last or exchange.left):
            exchange.take_next()
            try:
                part = await exchange.part
            except AppFailed:
                servers.cut_connection(send)
                return
            await paced_send(replies.body(part.chunk, more=not part.last))


class _Watch:
    """Looks whether the client left: only for requests that last, since a task costs as much as a view."""

    def __init__(self, exchange: Exchange, receive: Receive) -> None:
        self._exchange = exchange
        self._receive = receive
        self._task: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(WATCH_AFTER, self.start)

    def start(self) -> None:
        if self._task is None:
            self._timer.cancel()
            self._task = asyncio.create_task(self._look())

    def stop(self) -> None:
        self._timer.cancel()
        if self._task is not None:
            self._task.cancel()

    async def _look(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._exchange.abandon()
