"""Live processes for journeys: the real application under a real server on a free loopback port."""

import http.client
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

from tests.kernel.asgi.live import PATIENCE_S, command, free_port

ROOT = Path(__file__).resolve().parents[2]


def database_url() -> str:
    """The database of the running test, for another process."""
    database = connection.settings_dict
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)


APPLICATION = "config.asgi:application"
READY = "/health/ready"


@contextmanager
def server(
    kind: str = "uvicorn", application: str = APPLICATION, *, ready: str = READY, **variables: str
) -> Iterator[str]:
    """Run the application on the test's own database and Redis; gives its base URL.

    `kind` is a server of `tests.kernel.asgi.live`, `application` what it serves; `variables` are environment variables
    on top. It is up when `ready` answers, if only that it wants a POST. At the end it is stopped, by its own id.
    """
    with process(kind, application, ready=ready, **variables) as (base, _):
        yield base


@contextmanager
def process(
    kind: str = "uvicorn",
    application: str = APPLICATION,
    *,
    ready: str = READY,
    log: IO[str] | None = None,
    **variables: str,
) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The same, with the process; what it logs goes to `log`."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "ENVIRONMENT": "test",
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "PUBLIC_BASE_URL": base,
        **variables,
    }
    started = command(kind, port, application)
    running = subprocess.Popen(started, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=log)
    try:
        _wait_until_ready(running, port, ready)
        yield base, running
    finally:
        running.terminate()
        running.wait(PATIENCE_S)


def _wait_until_ready(process: "subprocess.Popen[bytes]", port: int, path: str) -> None:
    until = time.monotonic() + PATIENCE_S
    while not _is_ready(port, path):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode} before it was ready")
        if time.monotonic() > until:
            raise RuntimeError(f"the server was not ready within {PATIENCE_S} seconds")
        time.sleep(0.05)


def _is_ready(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status in (200, 405)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
