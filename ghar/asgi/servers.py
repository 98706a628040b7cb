"""Where servers differ: what the ASGI specification leaves open, and what daphne lacks."""

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from ghar.asgi import replies
from ghar.asgi.types import Message, Send


def twisted_reactor() -> Any | None:
    """Twisted's reactor if it runs this process (daphne), else None."""
    reactor = sys.modules.get("twisted.internet.reactor")
    return reactor if getattr(reactor, "running", False) else None


def is_granian() -> bool:
    """Whether granian runs this process."""
    return "granian" in sys.modules


class HeldSignals:
    """Signals kept from handlers that are registered with the loop, as granian's are; Python's own hear them still.

    A loop learns of signals through a file descriptor, and takes it anew whenever it begins to run. While they are
    held it is woken through another one. Main thread only.
    """

    def __init__(self) -> None:
        self._usual = -1
        self._pair: tuple[socket.socket, socket.socket] | None = None

    @property
    def are_held(self) -> bool:
        """Whether the loop's own handlers hear no signals now."""
        return self._pair is not None

    def hold(self, loop: asyncio.AbstractEventLoop) -> None:
        """Keep signals from the running loop's handlers from now on."""
        here, there = self._pair = socket.socketpair()
        here.setblocking(False)
        there.setblocking(False)
        loop.add_reader(here, _empty, here)
        self._usual = signal.set_wakeup_fd(there.fileno())

    def release(self, loop: asyncio.AbstractEventLoop, number: int) -> None:
        """Let the loop's handlers hear signals again, this one first."""
        if self._pair is None:
            return
        here, there = self._pair
        self._pair = None
        signal.set_wakeup_fd(self._usual)
        loop.remove_reader(here)
        here.close()
        there.close()
        signal.raise_signal(number)


def _empty(descriptor: socket.socket) -> None:
    """Read what woke the loop. A function in Python, because signals are looked at only when one is run."""
    descriptor.recv(64)


def before_twisted_stops(reactor: Any, action: Callable[[], asyncio.Task[None]]) -> None:
    """Have Twisted wait for a task before it closes its connections and ends."""
    from twisted.internet.defer import Deferred  # noqa: PLC0415 -- importing it elsewhere would choose a reactor

    reactor.addSystemEventTrigger("before", "shutdown", lambda: Deferred.fromFuture(action()))


def cut_connection(send: Send) -> None:
    """Break off a response that has begun; the caller returns without completing it.

    Other servers close the connection of a response that stays incomplete; daphne would leave it open.
    """
    if (request := _daphne_request(send)) is not None:
        request.loseConnection()


@asynccontextmanager
async def with_pressure(send: Send) -> AsyncIterator[Send]:
    """A `send` that returns when the server can take more. Others wait by themselves; daphne buffers all."""
    request = _daphne_request(send)
    if request is None or request.channel is None:
        yield send
        return
    valve = _Valve()
    request.registerProducer(valve, streaming=True)

    async def send_when_open(message: Message) -> None:
        more = message.get("more_body", False)
        await send({**message, "more_body": True})
        await valve.open.wait()
        if not more:
            _unregister(request)
            await send(replies.body(b""))

    try:
        yield send_when_open
    finally:
        _unregister(request)


class _Valve:
    """Twisted's push producer: told to pause when the client reads too slowly."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.open.set()

    def pauseProducing(self) -> None:  # noqa: N802 -- Twisted's name
        self.open.clear()

    def resumeProducing(self) -> None:  # noqa: N802
        self.open.set()

    def stopProducing(self) -> None:  # noqa: N802
        self.open.set()


def _unregister(request: Any) -> None:
    if request.producer is not None and getattr(request, "channel", None) is not None:
        request.unregisterProducer()


def _daphne_request(send: Send) -> Any | None:
    """Daphne's request object behind its `send`, also one that the router wrapped; None under other servers."""
    send = getattr(send, "server_send", send)
    if isinstance(send, partial) and send.args and hasattr(send.args[0], "registerProducer"):
        return send.args[0]
    return None
