"""Messages of HTTP answers, and whole answers given before any view was reached."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ghar.asgi.types import Headers, Message, Scope, Send
from ghar.errors import DomainError, envelope


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; its length is added when it is sent."""

    status: int
    headers: Headers
    content: bytes


Refuse = Callable[[Scope, DomainError], Answer]
"""What a request is told that no view will see."""


def start(status: int, headers: Headers) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}


def body(chunk: bytes, *, more: bool = False) -> Message:
    return {"type": "http.response.body", "body": chunk, "more_body": more}


async def send_whole(send: Send, answer: Answer) -> None:
    length = (b"content-length", b"%d" % len(answer.content))
    await send(start(answer.status, [*answer.headers, length]))
    await send(body(answer.content))


def refuse(_scope: Scope, error: DomainError) -> Answer:
    """The plainest `Refuse`."""
    return refusal(error)


def refusal(error: DomainError) -> Answer:
    """The one error envelope, with the headers of the error and no others."""
    headers = [(b"content-type", b"application/json"), *wire(error.headers)]
    return Answer(error.status, headers, json.dumps(envelope(error)).encode())


def wire(headers: Mapping[str, str]) -> Headers:
    """Headers as the wire has them."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
