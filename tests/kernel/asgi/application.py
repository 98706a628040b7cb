"""The application that the servers under test run: one plain WSGI view a behaviour, and a few ASGI ones."""

import asyncio
import contextvars
import hashlib
import json
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from typing import Any

from channels.generic.websocket import WebsocketConsumer
from django.conf import settings
from django.urls import path

from ghar import lifespan
from ghar.asgi import websockets
from ghar.asgi.bridge import WsgiBridge
from ghar.asgi.router import Router
from ghar.lifespan import Lifespan, Resource

if not settings.configured:
    settings.configure()

MIB = 1024 * 1024
BODY_LIMIT = 8 * MIB
LARGER_LIMIT = 12 * MIB
THREADS, QUEUE = 4, 8

EVENTS: list[str] = []
"""What happened in this process, for the tests to ask about."""

CALLER: contextvars.ContextVar[str] = contextvars.ContextVar("caller", default="nobody")


def note(event: str) -> None:
    EVENTS.append(event)
    print(event, file=sys.stderr, flush=True)


def reply(start_response: Any, content: Any, status: str = "200 OK") -> list[bytes]:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


class Noted:
    """An iterable that notes when it is closed."""

    def __init__(self, chunks: Iterable[bytes], name: str) -> None:
        self._chunks = iter(chunks)
        self._name = name

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks

    def close(self) -> None:
        note(f"closed {self._name}")


def echo(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    plain = {key: value for key, value in environ.items() if isinstance(value, str)}
    body = environ["wsgi.input"].read()
    note(f"echo {environ['PATH_INFO']}")
    return reply(start_response, {"environ": plain, "body": body.decode("latin-1")})


def digest(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    sha, size = hashlib.sha256(), 0
    while chunk := environ["wsgi.input"].read(65536):
        sha.update(chunk)
        size += len(chunk)
    length = environ.get("CONTENT_LENGTH")
    return reply(start_response, {"sha256": sha.hexdigest(), "size": size, "content_length": length})


def lines(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    return reply(start_response, [line.decode() for line in environ["wsgi.input"]])


def download(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """`?N` chunks of 64 KiB, each noted when it is made."""
    count = int(environ["QUERY_STRING"])
    start_response("200 OK", [("Content-Type", "application/octet-stream")])

    def chunks() -> Iterator[bytes]:
        for number in range(count):
            EVENTS.append("chunk")
            yield bytes([number % 256]) * 65536

    return Noted(chunks(), "download")


def large(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The same in one piece."""
    return reply(start_response, bytes(65536) * int(environ["QUERY_STRING"]))


def slow(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """A line every 50 ms, for ever."""
    start_response("200 OK", [("Content-Type", "text/plain")])

    def chunks() -> Iterator[bytes]:
        while True:
            yield b"tick\n"
            time.sleep(0.05)

    return Noted(chunks(), "slow")


def nap(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Computes for `?seconds`, then answers."""
    note("napping")
    time.sleep(float(environ["QUERY_STRING"]))
    note("nap over")
    return reply(start_response, {"rested": True})


def context(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Says who the ASGI side said is calling, and leaves a value that nobody else may see."""
    seen = CALLER.get()
    CALLER.set("left behind")
    return reply(start_response, {"caller": seen, "thread": threading.current_thread().name})


def fail_before(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    raise RuntimeError("before the response")


def fail_after(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])

    def chunks() -> Iterator[bytes]:
        yield b"first"
        raise RuntimeError("after the response began")

    return Noted(chunks(), "fail_after")


def replaced(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """An error handler that replaces a response which was not sent yet."""
    start_response("200 OK", [("X-Which", "first")])
    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError:
        start_response("409 Conflict", [("X-Which", "second"), ("Content-Length", "3")], sys.exc_info())
    return [b"two"]


def reraised(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The same, too late: start_response raises what it was given."""
    write = start_response("200 OK", [("Content-Type", "text/plain")])
    write(b"sent")
    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError:
        start_response("500 Error", [], sys.exc_info())
    return [b"never"]


def written(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    write = start_response("200 OK", [("Content-Type", "text/plain")])
    write(b"one ")
    write(b"two ")
    return [b"three"]


def undeclared(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"whole", b" body"]


def nothing(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("204 No Content", [("X-Empty", "yes")])
    return []


def lazy(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """A generator: start_response is called only when it is iterated."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "8")])
    yield b"lazy"
    yield b"body"


def cookies(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [("Set-Cookie", "a=1"), ("Set-Cookie", " b=2"), ("Content-Length", "0")])
    return []


def events(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    answer = reply(start_response, EVENTS[:])
    EVENTS.clear()
    return answer


def draining(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    return reply(start_response, lifespan.is_draining())


VIEWS = [
    digest, lines, download, large, slow, nap, context, fail_before, fail_after, replaced, reraised, written,
    undeclared, nothing, lazy, cookies, events, draining,
]  # fmt: skip
BY_PATH = {f"/{view.__name__}": view for view in VIEWS} | {"/album": digest}


def wsgi(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    return BY_PATH.get(environ["PATH_INFO"], echo)(environ, start_response)


async def ticker(scope: Any, receive: Any, send: Any) -> None:
    """A stream like the project's: ends when it hears of a disconnect."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})

    async def tick() -> None:
        while True:
            await send({"type": "http.response.body", "body": b"data: tick\n\n", "more_body": True})
            await asyncio.sleep(0.05)

    ticking = asyncio.create_task(tick())
    while (await receive())["type"] != "http.disconnect":
        pass
    ticking.cancel()
    note("ticker ended")


async def stubborn(scope: Any, receive: Any, send: Any) -> None:
    """A stream that listens to nobody."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while True:
        await send({"type": "http.response.body", "body": b"still here\n", "more_body": True})
        await asyncio.sleep(0.05)


class Mounted:
    """An application with a lifespan of its own, like an MCP server's."""

    def __init__(self) -> None:
        self.open = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if scope["path"].endswith("/broken"):
            raise RuntimeError("a mounted application failed")
        content = json.dumps({"path": scope["path"], "open": self.open}).encode()
        headers = [(b"content-length", b"%d" % len(content))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        self.open = True
        await send({"type": "lifespan.startup.complete"})
        await receive()
        note("mount closed")
        await send({"type": "lifespan.shutdown.complete"})


class Echo(WebsocketConsumer):
    def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        self.send(text_data=text_data, bytes_data=bytes_data)


@asynccontextmanager
async def resource(name: str) -> AsyncIterator[None]:
    note(f"{name} opened")
    yield
    note(f"{name} closed")


@asynccontextmanager
async def broken_resource() -> AsyncIterator[None]:
    raise RuntimeError("does not open")
    yield


bridge = WsgiBridge(
    wsgi,
    threads=THREADS,
    queue=QUEUE,
    spool_memory=MIB,
    body_limit=BODY_LIMIT,
    larger_bodies={"/album": LARGER_LIMIT},
    stall=1.0,
)


async def http(scope: Any, receive: Any, send: Any) -> None:
    """The bridge, with a context variable set by the ASGI side as a tracer would."""
    for name, value in scope["headers"]:
        if name == b"x-caller":
            CALLER.set(value.decode())
    await bridge(scope, receive, send)


application = Router(
    http=http,
    streams={"/ticker": ticker, "/stubborn": stubborn},
    mounts={"/mounted": Mounted()},
    websocket=websockets.route([path("ws/echo", Echo.as_asgi())]),
    lifespan=Lifespan(
        [
            Resource("web threads", bridge.threads),
            Resource("first", lambda: resource("first")),
            Resource("broken", broken_resource),
            Resource("second", lambda: resource("second")),
        ]
    ),
    doubled_prefix="/api/v1",
    grace=1.0,
)
