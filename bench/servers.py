"""The servers under test: the production command of the Procfile, with a number of workers and an application."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from bench import load, processes
from bench.database import ROOT, url_of

READY = "/health/live"
PATIENCE_S = 60.0
APPLICATION = "config.asgi:application"
ENVIRONMENT = {
    "ENVIRONMENT": "production",
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "a key of the harness that guards nothing at all",
    "SUPABASE_SECRET_KEY": "a key of the harness that guards nothing at all",
    "ALLOWED_HOSTS": "127.0.0.1",
    "PUBLIC_BASE_URL": "https://127.0.0.1",
    "CORS_ORIGINS": "",
    "DB_ROLE": "web",
    "RATE_LIMIT": "1000000000",
    "RATE_LIMITS": "mcp=1000000000/60",
    "LOG_LEVEL": "WARNING",
    "LOG_DIR": str(ROOT / "var" / "bench"),
    "STATIC_ROOT": str(ROOT / "var" / "bench" / "static"),
    "SENTRY_DSN": "",
    "DEBUG": "false",
}
"""As in production, but for the rate limits, which would refuse the load."""


class ServerFailed(Exception):
    """A server ended or did not answer; the message ends with what it wrote."""


def environment(database: str) -> dict[str, str]:
    """The environment of every process of the platform that takes part."""
    Path(ENVIRONMENT["STATIC_ROOT"]).mkdir(parents=True, exist_ok=True)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return os.environ | ENVIRONMENT | {"DATABASE_URL": url_of(database), "PATH": path}


def production_command() -> str:
    """The line of the web process in the Procfile."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    return next(line.partition(":")[2].strip() for line in lines if line.startswith("web:"))


@dataclass
class Server:
    """A running server; a context manager that ends it. `start_seconds` is the time until it answered.

    `command` takes the place of the Procfile's line, and `variables` are added to the environment.
    """

    database: str
    workers: int
    application: str = APPLICATION
    port: int = 0
    start_seconds: float = 0.0
    command: str = ""
    variables: dict[str, str] = field(default_factory=dict)
    _process: "subprocess.Popen[bytes] | None" = None
    _log: IO[bytes] = field(default_factory=TemporaryFile)

    def __enter__(self) -> "Server":
        self.port = _free_port()
        variables = {"PORT": str(self.port), "WEB_WORKERS": str(self.workers), **self.variables}
        command = (self.command or production_command()).replace(APPLICATION, shlex.quote(self.application))
        began = time.perf_counter()
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", command],
            cwd=ROOT,
            env=environment(self.database) | variables,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
        try:
            self._wait()
        except BaseException:
            self._stop()
            raise
        self.start_seconds = time.perf_counter() - began
        return self

    def __exit__(self, *_exc: Any) -> None:
        self._stop()

    def pids(self) -> list[int]:
        """Its processes."""
        return processes.tree(self._running().pid)

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            raise ServerFailed("The server was not started.")
        return self._process

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not self._answers():
            if self._running().poll() is not None or time.monotonic() > deadline:
                raise ServerFailed(f"{self.application} does not answer:\n{self._written()}")
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            status, _ = load.fetch(self.port, load.request(READY, port=self.port))
        except (OSError, load.BadAnswer):
            return False
        return status == 200

    def _written(self) -> str:
        self._log.seek(0)
        return self._log.read().decode(errors="replace")[-3000:]

    def _stop(self) -> None:
        """Ask it to end, and after ten seconds end its process group, which holds nothing but this server."""
        process = self._running()
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self._log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
