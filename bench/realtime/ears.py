"""Many readers in one process, as plain as the wire: event streams and WebSockets over `epoll`.

A reader that was told to break off closes its connection after so many events and comes back with the id of the last.
"""

import json
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.load import SOURCE, BadAnswer

STREAM, SOCKET = "stream", "socket"
AT_ONCE = 100
PATIENCE_S = 30.0
_HANDSHAKE = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {}\r\n"
_KEY = "Z2hhciBtZWFzdXJlcyBpdA=="


@dataclass(frozen=True)
class Wish:
    """One reader to be: who it is, over what, and after how many events it breaks off each time."""

    token: str
    kind: str = STREAM
    breaks: tuple[int, ...] = ()


@dataclass
class Heard:
    """What one reader was told: the numbers in the order that they came, and how late each was in seconds."""

    numbers: list[int] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    reconnects: int = 0
    resets: int = 0


class Ears:
    """Readers of one server. They live in the process that calls: a `bench.workers.Worker`."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._selector = selectors.DefaultSelector()
        self._readers: list[_Reader] = []

    def open(self, wishes: Sequence[Wish]) -> None:
        """Open all of them, a hundred at a time, and wait for the first word of each."""
        for start in range(0, len(wishes), AT_ONCE):
            several = [_Reader(self._port, wish) for wish in wishes[start : start + AT_ONCE]]
            for reader in several:
                reader.wait_for_the_first_word()
                self._selector.register(reader.connection, selectors.EVENT_READ, reader)
            self._readers += several

    def listen(self, events: int, seconds: float) -> list[Heard]:
        """Listen until each has heard so many events, or for so long."""
        until = time.monotonic() + seconds
        waiting = sum(len(reader.heard.numbers) < events for reader in self._readers)
        while waiting and time.monotonic() < until:
            for key, _ in self._selector.select(1.0):
                reader: _Reader = key.data
                had = len(reader.heard.numbers)
                if reader.read() and not self._come_back(reader):
                    continue
                waiting -= had < events <= len(reader.heard.numbers)
        return [reader.heard for reader in self._readers]

    def _come_back(self, reader: "_Reader") -> bool:
        """A reader whose connection has ended opens another one."""
        self._selector.unregister(reader.connection)
        reader.reopen()
        self._selector.register(reader.connection, selectors.EVENT_READ, reader)
        return True


_ears: list[Ears] = []


def open_ears(port: int, wishes: Sequence[Wish]) -> int:
    """Open readers in this process; how many are open in it."""
    if not _ears:
        _ears.append(Ears(port))
    _ears[0].open(wishes)
    return len(_ears[0]._readers)


def listen(events: int, seconds: float) -> list[Heard]:
    """What the readers of this process hear."""
    return _ears[0].listen(events, seconds)


class _Reader:
    def __init__(self, port: int, wish: Wish) -> None:
        self._port = port
        self._wish = wish
        self._breaks = list(wish.breaks)
        self._last = ""
        self.heard = Heard()
        self._connect()

    def _connect(self) -> None:
        self._head, self._raw, self._text = True, b"", b""
        address = ("127.0.0.1", self._port)
        self.connection = socket.create_connection(address, timeout=PATIENCE_S, source_address=(SOURCE, 0))
        self.connection.sendall(self._request().encode())

    def _request(self) -> str:
        host = f"Host: 127.0.0.1:{self._port}\r\n"
        if self._wish.kind == SOCKET:
            return f"GET /ws/notifications?token={self._wish.token} HTTP/1.1\r\n{host}{_HANDSHAKE.format(_KEY)}\r\n"
        last = f"Last-Event-ID: {self._last}\r\n" if self._last else ""
        return f"GET /api/v1/events HTTP/1.1\r\n{host}Authorization: Bearer {self._wish.token}\r\n{last}\r\n"

    def wait_for_the_first_word(self) -> None:
        """Until the place in the stream was told."""
        while not self._last:
            if self.read():
                raise BadAnswer(f"A reader was refused: {self._raw[:300]!r}")

    def reopen(self) -> None:
        """Begin again where it was."""
        self.connection.close()
        self.heard.reconnects += 1
        self._connect()

    def read(self) -> bool:
        """Take in what has come; whether the connection is to be opened anew."""
        try:
            data = self.connection.recv(65536)
        except OSError:
            data = b""
        self._raw += data
        if self._head and not self._take_head():
            return not data
        self._take_frames() if self._wish.kind == SOCKET else self._take_events()
        return not data or self._is_to_break()

    def _is_to_break(self) -> bool:
        if self._breaks and len(self.heard.numbers) >= self._breaks[0]:
            self._breaks.pop(0)
            return True
        return False

    def _take_head(self) -> bool:
        head, found, rest = self._raw.partition(b"\r\n\r\n")
        if not found:
            return False
        if head.split(b" ", 2)[1] not in (b"200", b"101"):
            raise BadAnswer(f"A reader was answered {head[:200]!r} {rest[:200]!r}")
        self._head, self._raw = False, rest
        return True

    def _take_events(self) -> None:
        """Chunks into text, text into events. What is whole is taken, also before a break."""
        while True:
            size, found, rest = self._raw.partition(b"\r\n")
            if not found or len(rest) < int(size, 16) + 2:
                break
            self._text += rest[: int(size, 16)]
            self._raw = rest[int(size, 16) + 2 :]
        *frames, self._text = self._text.split(b"\n\n")
        for frame in frames:
            self._note(dict(line.partition(b": ")[::2] for line in frame.split(b"\n")))

    def _note(self, event: dict[bytes, bytes]) -> None:
        self._last = event.get(b"id", b"").decode() or self._last
        if event.get(b"event") == b"reset":
            self.heard.resets += 1
        elif b"event" in event:
            self._count(json.loads(event[b"data"]))

    def _take_frames(self) -> None:
        """Unmasked frames of text, each whole, of less than 64 KiB."""
        while len(self._raw) >= 4:
            size, start = self._raw[1] & 127, 2
            if size == 126:
                size, start = int.from_bytes(self._raw[2:4], "big"), 4
            if len(self._raw) < start + size:
                return
            frame, kind = self._raw[start : start + size], self._raw[0] & 15
            self._raw = self._raw[start + size :]
            if kind == 1:
                self._hear(json.loads(frame))

    def _hear(self, said: dict[str, object]) -> None:
        self._last = str(said.get("id", self._last))
        if said["type"] == "reset":
            self.heard.resets += 1
        elif said["type"] == "notification" and isinstance(data := said["data"], dict):
            self._count(data)

    def _count(self, data: dict[str, float]) -> None:
        self.heard.numbers.append(int(data["visit_id"]))
        self.heard.delays.append(time.monotonic() - data["at"])
