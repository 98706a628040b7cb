"""What other processes do with the store: `python -m tests.kernel.store.other FUNCTION ARGUMENTS`.

The store needs settings and no models, so these processes do not load any.
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

from ghar.store import namespaces
from tests.kernel.store.things import FEW, THINGS, TOLD

ROOT = Path(__file__).resolve().parents[3]


class Process:
    """One of them; it says `ready` when it begins."""

    def __init__(self, *arguments: object) -> None:
        environment = {
            **os.environ,
            "REDIS_URL": settings.REDIS_URL,
            "STORE_BACKEND": settings.STORE_BACKEND,
            "STORE_PATH": str(settings.STORE_PATH),
            "TEMPORARY_ROOT": str(settings.TEMPORARY_ROOT),
        }
        self._running = subprocess.Popen(
            [sys.executable, "-m", "tests.kernel.store.other", *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    def wait_until_ready(self) -> "Process":
        assert self._running.stdout is not None
        assert self._running.stdout.readline() == "ready\n"
        return self

    def kill(self) -> None:
        """As the kernel does when memory runs out."""
        self._running.kill()
        self._running.wait()

    def end(self) -> None:
        assert self._running.wait(60) == 0


def note(file: str, word: str) -> None:
    """One line, whole, after those of others."""
    with open(file, "ab", buffering=0) as lines:
        lines.write(f"{word}\n".encode())


def scribble(name: str) -> None:
    """Write, take and let run out, without end."""
    dice = random.Random(name)
    print("ready", flush=True)
    while True:
        key = f"{name}{dice.randrange(50)}"
        THINGS.put(key, b"x" * dice.randrange(1, 500), seconds=dice.choice([None, 0.02, 60]))
        if dice.random() < 0.3:
            THINGS.take(f"{name}{dice.randrange(50)}")


def tell(file: str, lease_ms: str, seconds: str) -> None:
    """Tell of what ran out, taking so long for each."""

    def slowly(key: str, value: bytes) -> None:
        note(file, f"{key}={value.decode()}")
        time.sleep(float(seconds))

    namespaces.LEASE_MS = int(lease_ms)
    namespaces._handlers[TOLD.name] = slowly
    print("ready", flush=True)
    namespaces.run_expiries()


def pass_through(file: str, times: str) -> None:
    """Have the slot again and again once there is such a file, noting when it comes and goes."""
    print("ready", flush=True)
    while not Path(file).exists():
        time.sleep(0.001)
    for _ in range(int(times)):
        with FEW.slot(seconds=30, wait_s=30):
            note(file, "+")
            time.sleep(0.005)
            note(file, "-")


def hold(seconds: str) -> None:
    """Have all slots, and never give them back."""
    with FEW.slot(seconds=float(seconds)), FEW.slot(seconds=float(seconds)):
        print("ready", flush=True)
        time.sleep(600)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    globals()[sys.argv[1]](*sys.argv[2:])
