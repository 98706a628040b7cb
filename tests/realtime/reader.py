"""A reader of server-sent events, as plain as the wire."""

import http.client
import json
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from tests.kernel.asgi.live import PATIENCE_S

PATH = "/api/v1/events"


@dataclass
class Frame:
    """One frame: the fields it has."""

    id: str | None = None
    event: str | None = None
    data: str | None = None
    retry: str | None = None
    comment: str | None = None

    @classmethod
    def of(cls, text: str) -> "Frame":
        frame = cls()
        for line in text.split("\n"):
            name, _, value = line.partition(": ")
            setattr(frame, name or "comment", value)
        return frame

    def value(self) -> Any:
        return json.loads(self.data or "null")


class Reader:
    """One open stream, or a refusal to open it."""

    def __init__(self, base: str, path: str = PATH, *, token: str = "", last: str = "", **headers: str) -> None:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        if last:
            sent["Last-Event-ID"] = last
        self._connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=PATIENCE_S)
        self._connection.request("GET", path, headers=sent)
        self._response = self._connection.getresponse()
        self.status = self._response.status
        self.headers = self._response.headers
        self.last = last

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._response.close()
        self._connection.close()

    def json(self) -> Any:
        return json.loads(self._response.read())

    def rest(self) -> bytes:
        """Everything until the stream ends."""
        return self._response.read()

    def frame(self) -> Frame:
        """The next frame."""
        lines = []
        while line := self._response.readline():
            if line == b"\n":
                frame = Frame.of("\n".join(lines))
                self.last = frame.id or self.last
                return frame
            lines.append(line.decode().rstrip("\n"))
        raise EOFError("the stream has ended")

    def event(self) -> Frame:
        """The next frame that has an event."""
        while not (frame := self.frame()).event:
            pass
        return frame
