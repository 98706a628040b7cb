"""This checkout's own Redis: in `var/redis`, on a port of its own, with a password, its data kept on disk."""

import secrets
import shutil
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ops import local_env, ports, shell
from ops.checkout import Checkout
from ops.console import Failure, Step

START_SECONDS = 20
DATABASES = 16


@dataclass(frozen=True)
class Server:
    """The Redis of one checkout. Its URL in `var/local.env` is the only record of its port and password."""

    checkout: Checkout

    @property
    def home(self) -> Path:
        return self.checkout.var / "redis"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def url(self) -> str:
        return local_env.read(self.checkout.local_env).get("REDIS_URL", "")


def ask(url: str, *words: str) -> str:
    """What the Redis of this URL answers to one command, as raw protocol text; empty when nobody answers.

    A tiny client, because this runs before any library is installed.
    """
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 6379), timeout=3) as line:
            if parts.password:
                line.sendall(_request("AUTH", *([parts.username] if parts.username else []), parts.password))
                if not line.recv(1024).startswith(b"+OK"):
                    return ""
            line.sendall(_request(*words))
            return line.recv(65_536).decode("utf-8", "replace")
    except OSError:
        return ""


def _request(*words: str) -> bytes:
    encoded = [word.encode() for word in words]
    return b"*%d\r\n" % len(encoded) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in encoded)


def answers(url: str) -> bool:
    return ask(url, "PING").startswith("+PONG")


def information(url: str, name: str) -> str:
    """One field of `INFO server`, such as redis_version; empty when nobody answers."""
    for line in ask(url, "INFO", "server").splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return value.strip()
    return ""


def is_running(server: Server) -> bool:
    """Whether our server answers: nobody else knows the password."""
    return bool(server.url) and answers(server.url)


def ensure_running(server: Server, step: Step) -> bool:
    """Start it if it is down; answers whether it had to be started."""
    if is_running(server):
        return False
    if not server.url or not ports.is_free(urlsplit(server.url).port or 0):
        _choose_url(server)
    _write_settings(server)
    step.log = server.log
    shell.run(["redis-server", server.home / "redis.conf"], log=server.checkout.log("redis"), step=step)
    _wait_until_it_answers(server)
    return True


def stop(server: Server) -> None:
    """Let it write its data and end; fine when it is not running."""
    if not is_running(server):
        return
    process = Path("/proc") / information(server.url, "process_id")
    ask(server.url, "SHUTDOWN")
    deadline = time.monotonic() + START_SECONDS
    while process.exists() and answers(server.url) and time.monotonic() < deadline:
        time.sleep(0.05)


def destroy(server: Server) -> None:
    stop(server)
    shutil.rmtree(server.home, ignore_errors=True)


def _choose_url(server: Server) -> None:
    password = urlsplit(server.url).password or secrets.token_hex(16)
    port = ports.private(server.checkout, offset=5)
    local_env.update(server.checkout, REDIS_URL=f"redis://:{password}@127.0.0.1:{port}/0")


def _write_settings(server: Server) -> None:
    parts = urlsplit(server.url)
    settings = {
        "bind": "127.0.0.1",
        "port": parts.port,
        "requirepass": parts.password,
        "daemonize": "yes",
        "databases": DATABASES,
        "dir": server.home,
        "pidfile": server.home / "redis.pid",
        "logfile": server.log,
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": '""',
    }
    server.home.mkdir(parents=True, exist_ok=True)
    path = server.home / "redis.conf"
    path.touch(mode=0o600)
    path.write_text("".join(f"{name} {_quoted(value)}\n" for name, value in settings.items()), encoding="utf-8")


def _quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, Path) else str(value)


def _wait_until_it_answers(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not answers(server.url):
        if time.monotonic() > deadline:
            raise Failure("Redis did not start.", "Its log says why.", server.log)
        with suppress(InterruptedError):
            time.sleep(0.05)
