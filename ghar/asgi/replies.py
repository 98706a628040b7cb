"""Whole answers given before any view was reached, in the one error envelope of the wire."""

import json
from http import HTTPStatus

from ghar.asgi.types import Headers, Message, Send


def start(status: int, headers: Headers) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}


def body(chunk: bytes, *, more: bool = False) -> Message:
    return {"type": "http.response.body", "body": chunk, "more_body": more}


def error_body(code: str, message: str) -> bytes:
    return json.dumps({"error": {"code": code, "message": message}, "detail": message}).encode()


async def send_error(send: Send, status: HTTPStatus, code: str, message: str, *extra: tuple[bytes, bytes]) -> None:
    """Answer with `{"error": {"code", "message"}, "detail"}` and the extra headers."""
    content = error_body(code, message)
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(content)), *extra]
    await send(start(status, headers))
    await send(body(content))


async def send_internal_error(send: Send) -> None:
    await send_error(send, HTTPStatus.INTERNAL_SERVER_ERROR, "INTERNAL_ERROR", "An unexpected error occurred")


async def send_unavailable(send: Send, message: str, retry_after: int = 1) -> None:
    await send_error(
        send,
        HTTPStatus.SERVICE_UNAVAILABLE,
        "SERVICE_UNAVAILABLE",
        message,
        (b"retry-after", b"%d" % retry_after),
    )
