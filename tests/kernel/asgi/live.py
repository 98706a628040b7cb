"""Live servers for the tests: a process of each kind on a free loopback port."""

import contextlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[3]
APPLICATION = "tests.kernel.asgi.application:application"
PATIENCE_S = 60
"""How long to wait for what takes a moment: a machine that is busy with other tests may take its time."""
SERVERS = ("daphne", "uvicorn", "granian")


def command(server: str, port: int, application: str) -> list[str]:
    options = {
        "daphne": ["-e", f"tcp:port={port}:interface=127.0.0.1:backlog=2048"],
        "uvicorn": [
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--no-proxy-headers",
            "--log-level",
            "warning",
        ],
        "granian": ["--interface", "asgi", "--host", "127.0.0.1", "--port", str(port)],
    }
    return [sys.executable, "-m", server, *options[server], application]


def free_port() -> int:
    """A port the kernel gives to no client, so that none takes it before the server does."""
    while True:
        port = random.randrange(20000, 32000)
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


class Server:
    """One running server; a context manager that ends it."""

    def __init__(self, kind: str, application: str = APPLICATION, **variables: str) -> None:
        self.kind = kind
        self.port = free_port()
        self._log = TemporaryFile("w+")  # noqa: SIM115 -- closed on exit
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **variables}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        self.process = subprocess.Popen(
            command(kind, self.port, application),
            cwd=ROOT,
            env=environment,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        try:
            until(self._answers)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exc_info: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)  # granian's worker is a process of its own
        self.process.wait()
        self._log.close()

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.log()
        try:
            self.get("/events")
        except OSError:
            return False
        return True

    def log(self) -> str:
        self._log.seek(0)
        return self._log.read()

    def request(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> "Answer":
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def get(self, path: str, headers: dict[str, str] | None = None) -> "Answer":
        return self.request("GET", path, None, headers)

    def open(self, request: str | bytes) -> socket.socket:
        """A raw connection that has sent these bytes."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_S)
        connection.sendall(request.encode() if isinstance(request, str) else request)
        return connection

    def open_get(self, path: str) -> socket.socket:
        return self.open(f"GET {path} HTTP/1.1\r\nHost: test\r\n\r\n")

    def events(self) -> list[str]:
        """What happened in the application since the last call."""
        return list(self.get("/events").json())

    def wait_for(self, event: str) -> None:
        """Wait until the application notes an event."""
        seen: list[str] = []

        def happened() -> bool:
            seen.extend(self.events())
            return event in seen

        until(happened)

    def terminate(self) -> None:
        self.process.send_signal(signal.SIGTERM)


class Answer:
    def __init__(self, status: int, headers: http.client.HTTPMessage, body: bytes) -> None:
        self.status = status
        self.headers = headers
        self.body = body

    def json(self) -> Any:
        return json.loads(self.body)


def until(condition: Any) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def read_until(connection: socket.socket, text: bytes) -> bytes:
    """What a connection sends, up to and with a text."""
    data = b""
    while text not in data:
        chunk = connection.recv(65536)
        assert chunk, f"closed after {data!r}"
        data += chunk
    return data


def read_all(connection: socket.socket) -> bytes:
    """What a connection sends until it is closed."""
    chunks = []
    while chunk := connection.recv(65536):
        chunks.append(chunk)
    return b"".join(chunks)
