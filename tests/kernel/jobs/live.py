"""Real workers and schedulers, as processes on the database and the Redis of the running test."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryFile

from django.conf import settings
from django.db import connection

from ghar.shared_redis import redis_client
from tests.kernel.asgi.live import PATIENCE_S

ROOT = Path(__file__).resolve().parents[3]
WORKER = ("worker", "--loglevel", "INFO", "--concurrency", "1", "--without-gossip", "--without-mingle")
BEAT = ("beat", "--loglevel", "INFO", "--pidfile=", "--max-interval", "1")


class Process:
    """One live process, and what it has said. `variables` are environment variables on top."""

    def __init__(self, *command: str, **variables: str) -> None:
        self._log = TemporaryFile("w+")  # noqa: SIM115 -- closed when it ends
        database = connection.settings_dict
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "tests.kernel.jobs.application", *command],
            cwd=ROOT,
            env=os.environ
            | {
                "ENVIRONMENT": "test",
                "DB_ROLE": "background",
                "DATABASE_URL": "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database),
                "REDIS_URL": settings.REDIS_URL,
                **variables,
            },
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )

    def said(self) -> str:
        self._log.seek(0)
        return self._log.read()

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._log.close()


@contextlib.contextmanager
def running(*command: str, until_it_says: str, **variables: str) -> Iterator[Process]:
    process = Process(*command, **variables)
    try:
        until(lambda: until_it_says in process.said(), process)
        yield process
    finally:
        process.end()


def until(condition: Callable[[], bool], process: Process) -> None:
    """Wait until something holds, as long as the process lives."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert process.process.poll() is None, process.said()
        assert time.monotonic() < deadline, process.said()
        time.sleep(0.05)


def noted() -> list[str]:
    """What the tests' jobs have done so far."""
    return [word.decode() for word in redis_client().lrange("noted", 0, -1)]
