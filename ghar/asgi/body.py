"""Reads a request body whole before a thread is taken: in memory while small, on disk beyond that."""

import asyncio
from collections.abc import Mapping
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, NoReturn, cast

from ghar.asgi.types import Receive, Scope
from ghar.errors import BadRequest, DomainError, TooLarge
from ghar.threads import ThreadPool

MIB = 1024 * 1024
WRITE_BLOCK = 256 * 1024


class ClientLeft(Exception):
    """The client closed its connection before it had everything."""


class BodyTooLarge(TooLarge):
    """The body is over the limit, which is given in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The request body is too large. Maximum size is {limit // MIB}MB")


class BodyMalformed(BadRequest):
    """The body does not have the length its header declares."""

    message = "The request body does not have its declared length"


class BodyStalled(DomainError):
    """No byte of the body came for too long."""

    status = 408
    code = "REQUEST_TIMEOUT"
    message = "The request body did not arrive in time"


def declared_length(scope: Scope) -> int | None:
    """The Content-Length, None without one. Raises `BodyMalformed` when it is no number."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            if not value.isdigit():
                raise BodyMalformed
            return int(value)
    return None


def may_have_body(scope: Scope, declared: int | None) -> bool:
    """Whether `receive` must be asked: in HTTP/1 a body needs one of two headers (RFC 9112, 6.3)."""
    if declared is not None:
        return declared > 0
    if not scope["http_version"].startswith("1"):
        return True
    return any(name == b"transfer-encoding" for name, _ in scope["headers"])


class BodyReader:
    """Bounds for bodies: `memory` bytes held, `limit` bytes accepted, `stall` seconds without a byte.

    `larger`: exact path -> bytes accepted there.
    """

    def __init__(self, *, memory: int, limit: int, stall: float, larger: Mapping[str, int] | None = None) -> None:
        self._memory = memory
        self._limit = limit
        self._larger = larger or {}
        self._stall = stall
        self._disk = ThreadPool(2, waiting=10_000, name="spool")

    async def read(self, scope: Scope, receive: Receive) -> tuple[BinaryIO, int | None]:
        """The body, rewound, and its size in bytes (None when the request has none)."""
        declared = declared_length(scope)
        if not may_have_body(scope, declared):
            return BytesIO(), declared
        limit = self._larger.get(scope["path"].rstrip("/"), self._limit)
        if declared is not None and declared > limit:
            is_sent = declared <= 2 * limit and not _asks_first(scope)
            await self._refuse(receive, 0, limit, more=is_sent)
        chunk, more = await self._next(receive)
        if more:
            body, size = await self._spool(receive, chunk, limit)
        else:
            body, size = BytesIO(chunk), len(chunk)
        if declared is not None and declared != size:
            raise BodyMalformed
        return body, size

    async def _spool(self, receive: Receive, chunk: bytes, limit: int) -> tuple[BinaryIO, int]:
        file = SpooledTemporaryFile(max_size=self._memory)  # noqa: SIM115 -- the bridge closes it after the app
        try:
            size, held, more = len(chunk), bytearray(chunk), True
            while more:
                chunk, more = await self._next(receive)
                held += chunk
                size += len(chunk)
                if size > limit:
                    await self._refuse(receive, size, limit, more=more)
                if not more or len(held) >= WRITE_BLOCK:
                    await self._write(file, bytes(held), size)
                    held.clear()
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return cast("BinaryIO", file), size

    async def _write(self, file: "SpooledTemporaryFile[bytes]", block: bytes, size: int) -> None:
        if size > self._memory:
            await self._disk.call(file.write, block)  # a slow disk must not hold up the other requests
        else:
            file.write(block)

    async def _next(self, receive: Receive) -> tuple[bytes, bool]:
        try:
            async with asyncio.timeout(self._stall):
                message = await receive()
        except TimeoutError as failure:
            raise BodyStalled from failure
        if message["type"] == "http.disconnect":
            raise ClientLeft
        return message.get("body", b""), message.get("more_body", False)

    async def _refuse(self, receive: Receive, size: int, limit: int, *, more: bool) -> NoReturn:
        """Raise BodyTooLarge, once what is still to come of the body is dropped, up to twice the limit.

        A client that is still sending when its connection is closed loses the answer it should read.
        """
        while more and size <= 2 * limit:
            chunk, more = await self._next(receive)
            size += len(chunk)
        raise BodyTooLarge(limit)


def _asks_first(scope: Scope) -> bool:
    return any(name == b"expect" for name, _ in scope["headers"])
