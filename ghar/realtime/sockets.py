"""What every WebSocket here has in common: it is accepted first and closed with a code that the client can read.

A refused handshake tells a browser nothing. So who brings a bad token is let in, told, and shown out.
"""

import asyncio
from enum import IntEnum
from functools import cache
from typing import Any, ClassVar

import orjson
import structlog
from django.conf import settings

from ghar.api import failures
from ghar.api.access import Access
from ghar.asgi.types import Receive, Scope, Send
from ghar.errors import DomainError, NotAllowed, NotFound, NotSignedIn, TooMany, Unavailable
from ghar.realtime.places import Places

log = structlog.get_logger(__name__)

MOST_BYTES = 64 * 1024
"""The longest frame that a client may send."""


class CloseCode(IntEnum):
    """Why a socket was closed. A client signs in again after BAD_TOKEN, and comes back later after RETRY_LATER."""

    BAD_FRAME = 4400
    BAD_TOKEN = 4001
    NOT_ALLOWED = 4403
    NOT_FOUND = 4404
    TOO_SLOW = 4408
    TOO_MANY = 4429
    INTERNAL = 4500
    RETRY_LATER = 4503


_CODES: tuple[tuple[type[DomainError], CloseCode], ...] = (
    (NotSignedIn, CloseCode.BAD_TOKEN),
    (NotAllowed, CloseCode.NOT_ALLOWED),
    (NotFound, CloseCode.NOT_FOUND),
    (TooMany, CloseCode.TOO_MANY),
    (Unavailable, CloseCode.RETRY_LATER),
)


class ClientGone(Exception):
    """The client closed the socket, or the process begins to end."""


class BadFrame(DomainError):
    """A frame that is not what the protocol says."""

    code = "BAD_FRAME"
    message = "This frame is not understood."


class Silence(DomainError):
    """The client did not say in time what it had to say."""

    code = "CLIENT_SILENT"
    message = "Nothing came in time."


class Wire:
    """One open WebSocket, in frames of text."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._closed = False

    async def accept(self, subprotocol: str | None) -> None:
        """Open it."""
        await self._receive()
        await self._send({"type": "websocket.accept", "subprotocol": subprotocol})

    async def frame(self) -> str | bytes:
        """The next frame. Raises ClientGone, and BadFrame for one that is too long."""
        message = await self._receive()
        if message["type"] == "websocket.disconnect":
            self._closed = True
            raise ClientGone
        text = message.get("text")
        frame: str | bytes = message["bytes"] if text is None else text
        if len(frame) > MOST_BYTES:
            raise BadFrame
        return frame

    async def frame_within(self, seconds: float) -> str | bytes:
        """The next frame, or Silence. Nothing can be read after a Silence."""
        try:
            async with asyncio.timeout(seconds):
                return await self.frame()
        except TimeoutError as silence:
            raise Silence from silence

    async def send_text(self, text: str) -> None:
        """Send a frame."""
        await self._send({"type": "websocket.send", "text": text})

    async def send(self, value: Any) -> None:
        """Send a value as JSON."""
        await self.send_text(orjson.dumps(value).decode())

    async def close(self, code: int, reason: str) -> None:
        """Close it, unless the client was quicker. `reason` is an error code."""
        if not self._closed:
            self._closed = True
            await self._send(
                {"type": "websocket.close", "code": code, "reason": reason.encode()[:120].decode(errors="ignore")}
            )


def parsed(text: str | bytes) -> Any:
    """The value of a frame. Raises BadFrame."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as broken:
        raise BadFrame from broken


class Socket:
    """An ASGI application for one route of WebSockets. A subclass declares who may use it and writes `serve`."""

    access: ClassVar[Access]

    async def serve(self, wire: Wire, scope: Scope) -> None:
        """Talk until done. A DomainError closes the socket with its code."""
        raise NotImplementedError

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one client."""
        wire = Wire(receive, send)
        await wire.accept(next(iter(scope.get("subprotocols") or []), None))
        try:
            with _places().taken():
                await self.serve(wire, scope)
        except ClientGone:
            log.debug("a socket's client left", path=scope["path"])
        except Exception as failure:
            error = failures.understood(failure, endpoint=scope["path"])
            if error is None:
                raise
            await wire.close(close_code(error), error.code)


def close_code(error: DomainError) -> CloseCode:
    """The code that tells a client what to do."""
    if isinstance(error, Silence):
        return CloseCode.TOO_SLOW
    return next((code for kind, code in _CODES if isinstance(error, kind)), CloseCode.BAD_FRAME)


@cache
def _places() -> Places:
    return Places("socket", settings.SOCKETS_MOST)
