"""HTTP answers that last, on the asynchronous side of the process, where no thread and no connection is held.

They go past Django's middleware. So the headers that Django gives every answer are taken from `ghar.api.edge`,
and a failure before the first byte is the same envelope as everywhere.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from functools import cache
from http import HTTPStatus
from typing import ClassVar

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse

from ghar import errors
from ghar.api import failures
from ghar.api.access import Access
from ghar.api.edge import request_of, through
from ghar.asgi import replies, servers
from ghar.asgi.body import BodyReader, BodyTooLarge, ClientLeft
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
        edge = _edge(scope)
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
        request = await _whole_request(scope, receive)
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


async def _whole_request(scope: Scope, receive: Receive) -> HttpRequest:
    """Django's view of the request, with its whole body."""
    try:
        body, length = await _bodies().read(scope, receive)
    except BodyTooLarge as refused:
        raise errors.BodyTooLarge from refused
    return WSGIRequest(build_environ(scope, body, length))


def _edge(scope: Scope) -> HttpResponse:
    """An empty answer with the headers that every stream has; binds the request id for the logs."""
    edge = through(request_of(scope), HttpResponse(content_type="text/event-stream"))
    del edge.headers["Content-Type"]
    return edge


def _headers(response: HttpResponse, edge: HttpResponse) -> Headers:
    """The headers of an answer and those of the edge, as the wire has them."""
    return replies.wire({**edge.headers, **response.headers})


async def _answer(scope: Scope, send: Send, failure: Exception, edge: HttpResponse) -> None:
    """A whole answer instead of the stream."""
    response = failures.report(failure, request_of(scope))
    _count(scope, response.status_code)
    await replies.send_whole(send, replies.Answer(response.status_code, _headers(response, edge), response.content))


def _count(scope: Scope, status: int) -> None:
    REQUESTS.labels(scope["method"], scope["path"].strip("/"), status).inc()
