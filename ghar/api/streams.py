"""HTTP answers that last, on the asynchronous side of the process, where no thread and no connection is held.

They go past Django's middleware. So the headers that Django gives every answer are taken from STREAM_MIDDLEWARE,
and a failure before the first byte is the same envelope as everywhere.
"""

import io
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from functools import cache
from http import HTTPStatus
from typing import Any, ClassVar

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from ghar import errors
from ghar.api import failures
from ghar.api.access import Access
from ghar.asgi import replies, servers
from ghar.asgi.body import BodyMalformed, BodyReader, BodyStalled, BodyTooLarge, ClientLeft
from ghar.asgi.environ import build_environ
from ghar.asgi.together import client_left, until_first
from ghar.asgi.types import Headers, Receive, Scope, Send
from ghar.observability.metrics import REQUESTS

MEMORY = 1024 * 1024
STALL_S = 30.0


class Stream:
    """An ASGI application that answers one path with a stream.

    A subclass declares who may use it and writes `open`. It ends when `open`'s chunks end, when the client leaves
    and when the process begins to end.
    """

    access: ClassVar[Access]
    methods: ClassVar[tuple[str, ...]] = ("GET",)
    content_type = "text/event-stream; charset=utf-8"

    def open(self, request: HttpRequest) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Admit the caller and give the chunks. What is raised before they are given is answered as an envelope."""
        raise NotImplementedError

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        edge = _edge(WSGIRequest(build_environ(scope, io.BytesIO(), None)))
        async with AsyncExitStack() as held:
            try:
                chunks = await self._begin(scope, receive, held)
            except ClientLeft:
                return
            except Exception as failure:  # noqa: BLE001 -- answered, and logged if it is a bug
                await _answer(scope, send, failure, edge)
                return
            _count(scope, HTTPStatus.OK)
            await self._stream(receive, send, chunks, edge)

    async def _begin(self, scope: Scope, receive: Receive, held: AsyncExitStack) -> AsyncIterator[bytes]:
        if scope["method"] not in self.methods:
            refusal = failures.with_status(HTTPStatus.METHOD_NOT_ALLOWED, f'Method "{scope["method"]}" not allowed.')
            refusal.headers["Allow"] = ", ".join(self.methods)
            raise refusal
        request = await _request_of(scope, receive)
        held.callback(request.close)
        return await held.enter_async_context(self.open(request))

    async def _stream(self, receive: Receive, send: Send, chunks: AsyncIterator[bytes], edge: HttpResponse) -> None:
        begun = HttpResponse(content_type=self.content_type)
        begun["Cache-Control"], begun["X-Accel-Buffering"] = "no-cache", "no"
        await send(replies.start(HTTPStatus.OK, _headers(begun, edge)))

        async def pump() -> None:
            async with servers.with_pressure(send) as paced_send:
                async for chunk in chunks:
                    await paced_send(replies.body(chunk, more=True))

        await until_first(pump(), client_left(receive))


@cache
def _bodies() -> BodyReader:
    return BodyReader(memory=MEMORY, limit=settings.DATA_UPLOAD_MAX_MEMORY_SIZE, stall=STALL_S)


async def _request_of(scope: Scope, receive: Receive) -> HttpRequest:
    """Django's view of the request, with its whole body."""
    try:
        body, length = await _bodies().read(scope, receive)
    except BodyTooLarge as refused:
        raise errors.BodyTooLarge from refused
    except (BodyMalformed, BodyStalled) as refused:
        raise errors.BadRequest("The request body does not have its declared length.") from refused
    return WSGIRequest(build_environ(scope, body, length))


@cache
def _middleware(name: str) -> Any:
    return import_string(name)


def _edge(request: HttpRequest) -> HttpResponse:
    """An empty answer with the headers of STREAM_MIDDLEWARE; binds the request id for the logs."""

    def answer(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(content_type="text/event-stream")

    chain: Callable[[HttpRequest], HttpResponse] = answer
    for name in reversed(settings.STREAM_MIDDLEWARE):
        chain = _middleware(name)(chain)
    edge = chain(request)
    del edge.headers["Content-Type"]
    return edge


def _headers(response: HttpResponse, edge: HttpResponse) -> Headers:
    """The headers of an answer and those of the edge, as the wire has them."""
    both = {**edge.headers, **response.headers}
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in both.items()]


async def _answer(scope: Scope, send: Send, failure: Exception, edge: HttpResponse) -> None:
    """A whole answer instead of the stream."""
    response = failures.report(failure, WSGIRequest(build_environ(scope, io.BytesIO(), None)))
    _count(scope, response.status_code)
    length = (b"content-length", b"%d" % len(response.content))
    await send(replies.start(response.status_code, [*_headers(response, edge), length]))
    await send(replies.body(response.content))


def _count(scope: Scope, status: int) -> None:
    REQUESTS.labels(scope["method"], scope["path"].strip("/"), status).inc()
