"""What a run stands on: a small database with people, a Redis database of its own, and servers that use both."""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import Any, LiteralString
from urllib.parse import urlsplit, urlunsplit

import psycopg
from redis import Redis

from bench import database, servers
from bench.servers import Server

NAME = "ghar_bench_realtime"
LISTINGS = 40
DAPHNE = "exec daphne -e tcp:port=$PORT:interface=127.0.0.1:backlog=2048 config.asgi:application"
COMMANDS = {"granian": "", "daphne": DAPHNE}
"""How each server is started; the one without a command is that of the Procfile."""


class NoRoom(Exception):
    """The machine does not give what a run needs."""


@dataclass(frozen=True)
class Person:
    """Somebody with an account: the local id and an access token."""

    id: int
    token: str


class Stage:
    """Where a run happens. `people` makes as many as are asked for, the same ones each time."""

    def __init__(self, name: str, redis_url: str, connection: psycopg.Connection[Any]) -> None:
        self.name = name
        self.redis_url = redis_url
        self._connection = connection
        self._people: list[Person] = []

    def ask(self, statement: LiteralString) -> tuple[Any, ...]:
        """The one row of a statement in its database."""
        row = self._connection.execute(statement).fetchone()
        if row is None:
            raise NoRoom("A statement of the harness gave no row.")
        return row

    def people(self, count: int) -> list[Person]:
        """So many people with tokens of this run, whose cases ask for the same ones."""
        if len(self._people) < count:
            made: list[tuple[int, str]] = self.inside("people", count)
            self._people = [Person(*one) for one in made]
        return self._people[:count]

    def inside(self, what: str, *arguments: Any) -> Any:
        """What a function of `bench.realtime.inside` gives, in a process of the platform."""
        done = subprocess.run(
            self.command(what),
            cwd=database.ROOT,
            env=self.environment(),
            input=pickle.dumps(arguments),
            stdout=subprocess.PIPE,
            check=False,
        )
        if done.returncode:
            raise NoRoom(f"The platform could not {what.replace('_', ' ')}; its words are above.")
        return pickle.loads(done.stdout) if done.stdout else None

    @contextmanager
    def voice(self, ids: Sequence[int], *, events: int, rate: float) -> Iterator["Voice"]:
        """Somebody who will tell each of these people in turn, so many events in all, so many a second."""
        process = subprocess.Popen(
            self.command("speak"),
            cwd=database.ROOT,
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        voice = Voice(process, (list(ids), events, rate))
        try:
            yield voice
        finally:
            voice.end()

    def server(self, kind: str, **variables: str) -> Server:
        """A server, not started yet, with one process."""
        given = {"REDIS_URL": self.redis_url, "LOG_LEVEL": "ERROR", **variables}
        return Server(self.name, 1, variables=given, command=COMMANDS[kind])

    def environment(self) -> dict[str, str]:
        """Of processes of the platform."""
        return servers.environment(self.name) | {"REDIS_URL": self.redis_url}

    def command(self, what: str) -> list[str]:
        """What runs that function."""
        return [sys.executable, "-c", f"from bench.realtime import inside; inside.main({what!r})"]


class Voice:
    """A process that publishes events. It is ready when it was made; `begin` lets it speak."""

    def __init__(self, process: "subprocess.Popen[bytes]", order: Any) -> None:
        self._process = process
        self._pipes = process.stdin, process.stdout
        self._send(pickle.dumps(order))
        self._hear()

    def begin(self) -> None:
        """Let it speak."""
        self._send(b"go\n")

    def told(self) -> int:
        """How many events it has published, when it is done."""
        return int(self._hear())

    def end(self) -> None:
        """Whatever it does."""
        self._process.kill()
        self._process.wait()

    def _send(self, data: bytes) -> None:
        pipe = self._pipes[0]
        if pipe is None:
            raise NoRoom("The voice has no pipes.")
        pipe.write(data)
        pipe.flush()

    def _hear(self) -> bytes:
        pipe = self._pipes[1]
        line = pipe.readline() if pipe else b""
        if not line:
            raise NoRoom("The process that publishes events ended.")
        return line


@contextmanager
def ready(name: str = NAME) -> Iterator[tuple[Stage, psycopg.Connection[Any]]]:
    """A stage, with a connection to its database. What was in its Redis database goes at the end."""
    with ExitStack() as stack:
        redis_url = stack.enter_context(_own_redis(os.environ["REDIS_URL"]))
        database.ensure(name, LISTINGS)
        connection = stack.enter_context(closing(database.connect(name)))
        yield Stage(name, redis_url, connection), connection


@contextmanager
def _own_redis(url: str) -> Iterator[str]:
    """The last empty database of the server: nobody else hears what is told there, and no worker takes its jobs."""
    parts = urlsplit(url)
    with closing(Redis.from_url(url)) as server:
        used = server.info("keyspace")
        count = int(server.config_get("databases")["databases"] or 1)
    number = next((n for n in range(count - 1, 0, -1) if f"db{n}" not in used), None)
    if number is None:
        raise NoRoom(f"The Redis server has no empty database among {count}.")
    own = urlunsplit(parts._replace(path=f"/{number}"))
    try:
        yield own
    finally:
        with closing(Redis.from_url(own)) as mine:
            mine.flushdb()
