"""One request on its way through a thread: the WSGI side runs there, the ASGI side on the loop.

A short answer crosses in one hop. A long one crosses chunk by chunk, and the thread waits until the
server has taken each: a slow client holds up its own view and fills no memory.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextvars import copy_context
from dataclasses import dataclass
from queue import SimpleQueue
from types import TracebackType
from typing import Any

from ghar.asgi.body import ClientLeft
from ghar.asgi.types import Headers

logger = logging.getLogger(__name__)

ExcInfo = tuple[type[BaseException], BaseException, TracebackType]
WSGIApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

NO_BODY = {204, 304}


@dataclass(slots=True)
class Part:
    """What crosses at once: the head with the first part only, `last` with the last."""

    status: int | None
    headers: Headers
    chunk: bytes
    last: bool


class AppFailed(Exception):
    """The application raised; already logged."""


class Exchange:
    """The thread's side is `run`; the loop's side is `part`, `take_next` and `abandon`."""

    def __init__(self, app: WSGIApp, environ: dict[str, Any]) -> None:
        self._app = app
        self._environ = environ
        self._loop = asyncio.get_running_loop()
        self._context = copy_context()
        self.part: asyncio.Future[Part] = self._loop.create_future()
        """The part that comes next."""
        self.left = False
        self._crossing = self.part
        self._turns: SimpleQueue[asyncio.Future[Part] | None] = SimpleQueue()
        self._status: int | None = None
        self._headers: list[tuple[str, str]] = []
        self._head_sent = False
        self._done = False

    # On the loop

    def take_next(self) -> None:
        """Say that the server took the last part, and let the thread go on to the next."""
        self.part = self._loop.create_future()
        self._turns.put(self.part)

    def abandon(self) -> None:
        """Nobody wants the answer any more: skip a view that has not begun, end one at its next chunk."""
        self.left = True
        self._turns.put(None)
        if not self.part.done():
            self.part.set_exception(ClientLeft())
            self.part.exception()  # seen, even if nobody awaits it

    # In the thread

    def run(self) -> None:
        self._context.run(self._run)

    def _run(self) -> None:
        try:
            if not self.left:
                self._answer()
        except ClientLeft:
            logger.debug("the client left: %s", self._environ["PATH_INFO"])
        except BaseException as failure:  # noqa: BLE001 -- logged, and answered
            self._fail(failure)
        finally:
            self._environ["wsgi.input"].close()

    def _answer(self) -> None:
        result = self._app(self._environ, self._start_response)
        try:
            self._send_result(result)
        finally:
            if close := getattr(result, "close", None):
                close()

    def _send_result(self, result: Iterable[bytes]) -> None:
        if isinstance(result, list | tuple) or getattr(result, "streaming", True) is False:
            # Django's ordinary responses are whole already, and say so.
            self._cross(b"".join(result), last=True)
        else:
            self._stream(result)

    def _stream(self, result: Iterable[bytes]) -> None:
        """Send each chunk as it comes, and know the last by the declared length."""
        missing = None
        for chunk in filter(None, result):
            if self._is_bodyless():
                break
            if not self._head_sent:
                missing = self._declared_length()
            sent = chunk[:missing]
            if missing is not None:
                missing -= len(sent)
            self._cross(sent, last=missing == 0)
            if self._done:
                return
        if missing:
            raise ValueError(f"the response is {missing} bytes shorter than its Content-Length")
        self._cross(b"", last=True)

    def _start_response(
        self, status: str, headers: list[tuple[str, str]], exc_info: ExcInfo | None = None
    ) -> Callable[[bytes], None]:
        if exc_info is not None and self._head_sent:
            raise exc_info[1].with_traceback(exc_info[2])
        if exc_info is None and self._status is not None:
            raise AssertionError("start_response was called twice without exc_info")
        self._status = int(status[:3])
        self._headers = list(headers)
        return self._write

    def _write(self, chunk: bytes) -> None:
        """The write callable of PEP 3333, for applications older than iterables."""
        if chunk and not (self._done or self._is_bodyless()):
            self._cross(chunk, last=False)

    def _cross(self, chunk: bytes, *, last: bool) -> None:
        """Hand a part to the loop; unless it is the last, wait until the server took it."""
        if self._status is None:
            raise AssertionError("the application sent a body before start_response")
        part = Part(None, [], b"" if self._is_bodyless() else chunk, last)
        if not self._head_sent:
            part.status, part.headers = self._status, self._wire_headers(len(chunk) if last else None)
        self._head_sent = True
        self._done = last
        self._loop.call_soon_threadsafe(_deliver, self._crossing, part)
        if not last:
            turn = self._turns.get()
            if turn is None:
                raise ClientLeft
            self._crossing = turn

    def _fail(self, failure: BaseException) -> None:
        logger.error("unhandled in the application: %s", self._environ["PATH_INFO"], exc_info=failure)
        if not self._done:
            self._loop.call_soon_threadsafe(_deliver_failure, self._crossing)

    def _is_bodyless(self) -> bool:
        status = self._status or 0
        return self._environ["REQUEST_METHOD"] == "HEAD" or status in NO_BODY or status < 200

    def _declared_length(self) -> int | None:
        for name, value in self._headers:
            if name.lower() == "content-length":
                return int(value)
        return None

    def _wire_headers(self, whole: int | None) -> Headers:
        """The headers as the wire has them; `whole` is the size of a body that goes out in one part.

        Values lose the space around them: Django's WSGI handler writes every cookie with one before it, which
        ASGI servers refuse.
        """
        headers = [(name.lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in self._headers]
        if self._status in NO_BODY and self._environ["REQUEST_METHOD"] != "HEAD":
            return [header for header in headers if header[0] != b"content-length"]
        if whole is not None and not self._is_bodyless() and self._declared_length() is None:
            headers.append((b"content-length", b"%d" % whole))
        return headers


def _deliver(future: asyncio.Future[Part], part: Part) -> None:
    if not future.done():
        future.set_result(part)


def _deliver_failure(future: asyncio.Future[Part]) -> None:
    if not future.done():
        future.set_exception(AppFailed())
