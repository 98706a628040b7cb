"""The load generator: keep-alive HTTP/1.1 connections in one process of their own.

Requests are bytes made beforehand, answers are read by their length or in chunks, and one loop over `epoll` serves all
connections: some thirty microseconds of CPU a request. It counts its own CPU, so that a report can show that it
was not what limited a server.
"""

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle

SOURCE = "127.0.0.99"
"""Where the clients come from: an address of their own, so that nobody else's rate limit is used up."""

RECEIVE = 256 * 1024
PATIENCE_S = 30.0
CHUNKED = -1
LAST_CHUNK = b"0\r\n\r\n"
"""Ends a chunked answer. The JSON before it holds no line end, so nothing else does."""


@dataclass(frozen=True)
class Job:
    """Ask `requests` in turn over `connections` connections for `seconds`, or until `most` answers have come.

    `writes`: each request is asked once at most, and every answer is kept. To run out of them is a fault.
    """

    port: int
    requests: Sequence[bytes]
    connections: int
    seconds: float
    most: int | None = None
    writes: bool = False


@dataclass
class Outcome:
    """What a window gave: answers, their latencies (seconds), how long it was, and the generator's own CPU.

    `wrong` holds an example of an answer that was neither 200 nor 201, or the fault of a connection; it must stay
    empty. `bodies` are the answers of a job that writes.
    """

    answers: int = 0
    latencies: list[float] = field(default_factory=list)
    elapsed: float = 0.0
    cpu: float = 0.0
    received: int = 0
    wrong: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)


class BadAnswer(Exception):
    """A server broke off a connection or spoke something that is not a plain HTTP answer."""


def request(
    path: str, *, port: int, headers: dict[str, str] | None = None, method: str = "GET", body: bytes = b""
) -> bytes:
    """The bytes of a request."""
    fields = {"Host": f"127.0.0.1:{port}", "Accept": "application/json"} | (headers or {})
    if body or method != "GET":
        fields["Content-Length"] = str(len(body))
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def fetch(port: int, asked: bytes) -> tuple[int, bytes]:
    """Status and body of one request over a connection of its own."""
    connection = _Connection(port, blocking=True)
    try:
        connection.ask(asked)
        while not connection.read():
            pass
        return connection.status, connection.content()
    finally:
        connection.socket.close()


def run(job: Job) -> Outcome:
    """Do a job in this process."""
    outcome = Outcome()
    requests = iter(job.requests) if job.writes else cycle(job.requests)
    selector = selectors.DefaultSelector()
    connections = [_Connection(job.port) for _ in range(job.connections)]
    began, cpu = time.perf_counter(), time.process_time()
    for connection in connections:
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.ask(next(requests))
    busy = len(connections)
    while busy:
        events = selector.select(PATIENCE_S)
        if not events:
            outcome.wrong.append(f"no answer within {PATIENCE_S:.0f} seconds")
            break
        for key, _ in events:
            busy -= _serve(key.data, job, outcome, began, requests)
    outcome.elapsed, outcome.cpu = time.perf_counter() - began, time.process_time() - cpu
    for connection in connections:
        connection.socket.close()
    selector.close()
    return outcome


def _serve(connection: "_Connection", job: Job, outcome: Outcome, began: float, requests: Iterator[bytes]) -> int:
    """Read what has come and ask again; 1 when this connection has asked for the last time."""
    if not connection.read():
        return 0
    now = time.perf_counter()
    outcome.answers += 1
    outcome.received += len(connection.body)
    outcome.latencies.append(now - connection.asked_at)
    if connection.status not in (200, 201) and not outcome.wrong:
        outcome.wrong.append(f"{connection.status}: {bytes(connection.body[:300])!r}")
    if job.writes:
        outcome.bodies.append(connection.content())
    if now - began >= job.seconds or (job.most is not None and outcome.answers >= job.most):
        return 1
    asked = next(requests, None)
    if asked is None:
        outcome.wrong.append(f"all of the {len(job.requests)} requests were asked before the time was over")
        return 1
    connection.ask(asked)
    return 0


class _Connection:
    """One connection and the answer that is arriving on it."""

    def __init__(self, port: int, *, blocking: bool = False) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S, source_address=(SOURCE, 0))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if not blocking:
            self.socket.setblocking(False)
        self.status = 0
        self.body = bytearray()
        self.asked_at = 0.0
        self._head = b""
        self._length: int | None = None
        """Of the body; `CHUNKED` when the answer comes in chunks, None until the head is whole."""

    def ask(self, asked: bytes) -> None:
        self.body, self._head, self._length = bytearray(), b"", None
        self.asked_at = time.perf_counter()
        self.socket.sendall(asked)

    def read(self) -> bool:
        """Take what the socket holds; True when the answer is whole. Raises BadAnswer."""
        chunk = self.socket.recv(RECEIVE)
        if not chunk:
            raise BadAnswer("the server closed the connection")
        if self._length is None:
            chunk = self._read_head(chunk)
        self.body += chunk
        if self._length == CHUNKED:
            return self.body.endswith(LAST_CHUNK)
        return self._length is not None and len(self.body) >= self._length

    def content(self) -> bytes:
        """The body of a whole answer."""
        return bytes(self.body) if self._length != CHUNKED else b"".join(_chunks(bytes(self.body)))

    def _read_head(self, chunk: bytes) -> bytes:
        """Status and length, as soon as the head is whole; answers what is behind it."""
        self._head += chunk
        head, end, rest = self._head.partition(b"\r\n\r\n")
        if not end:
            return b""
        self.status = int(head[9:12])
        self._length = _length(head)
        return rest


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
        if name.lower() == b"transfer-encoding":
            return CHUNKED
    raise BadAnswer(f"an answer without a length: {head[:200]!r}")


def _chunks(body: bytes) -> Iterator[bytes]:
    while body:
        size, _, rest = body.partition(b"\r\n")
        yield rest[: int(size, 16)]
        body = rest[int(size, 16) + 2 :]
