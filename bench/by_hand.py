"""The limit: the same statements with psycopg alone, one process a connection, prepared, nothing else around them."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import psycopg

from bench.cases import Case, Rows
from bench.database import url_of
from bench.inside import Call, Inside
from bench.load import Outcome
from bench.workers import Worker
from bench.writing import Connection, Writing


class Differs(Exception):
    """The rows by hand do not make the HTTP answer, so that comparing their speed would mean nothing."""


class Work(Protocol):
    """What a client by hand repeats, on connections to a database with session options."""

    @property
    def database(self) -> str:
        """The database's name."""

    @property
    def options(self) -> str:
        """The options of its connections."""

    def turns(self, client: int, clients: int) -> tuple[int, int]:
        """The number that one of several clients begins with, and how far on its next one is."""

    def once(self, connection: Connection, number: int) -> bytes:
        """Do it, and make the answer."""


@dataclass(frozen=True)
class Statement:
    """A statement, the parameters that take turns, and how its rows become an answer."""

    database: str
    options: str
    statement: str
    params: Sequence[Any]
    make: Callable[[Rows], bytes]

    def turns(self, client: int, clients: int) -> tuple[int, int]:
        """Each client begins at another parameter."""
        return client * 7, 1

    def once(self, connection: Connection, number: int) -> bytes:
        """Run it."""
        params = self.params[number % len(self.params)]
        cursor = connection.execute(self.statement, params, prepare=True)
        return self.make([row[0] for row in cursor.fetchall()])


@dataclass(frozen=True)
class Statements:
    """The statements of a path, one after another, and how the rows of the last become an answer."""

    database: str
    options: str
    paths: Sequence[Sequence[Call]]
    make: Callable[[Rows], bytes]

    def turns(self, client: int, clients: int) -> tuple[int, int]:
        """Each client begins at another path."""
        return client * 7, 1

    def once(self, connection: Connection, number: int) -> bytes:
        """Run them."""
        rows: list[Any] = []
        for call in self.paths[number % len(self.paths)]:
            rows = connection.execute(call.sql.encode(), call.params, prepare=True).fetchall()
        return self.make([row[0] for row in rows])


@dataclass(frozen=True)
class Transaction:
    """A transaction that writes something else for each number."""

    database: str
    options: str
    writing: Writing
    scene: Any

    def turns(self, client: int, clients: int) -> tuple[int, int]:
        """No two clients write the same."""
        return client, clients

    def once(self, connection: Connection, number: int) -> bytes:
        """Write it."""
        return self.writing.by_hand(connection, number, self.scene)


def work_of(case: Case, inside: Inside, database: str) -> Work | None:
    """A case's work; None when it has no limit by hand. Raises Differs when a path runs more than one statement."""
    if case.writing is not None:
        return Transaction(database, inside.options, case.writing, inside.scene)
    by_hand = case.by_hand
    if by_hand is None:
        return None
    if by_hand.statement is not None:
        return Statement(database, inside.options, by_hand.statement, [{"user": inside.user}], by_hand.make)
    calls = [inside.statements[path] for path in case.paths]
    if by_hand.several:
        return Statements(database, inside.options, calls, by_hand.make)
    if len({call.sql for path in calls for call in path}) != 1 or any(len(path) != 1 for path in calls):
        raise Differs(f"{case.name}: its paths do not all run one and the same statement; write it by hand.")
    return Statement(database, inside.options, calls[0][0].sql, [path[0].params for path in calls], by_hand.make)


def check(case: Case, work: Work, answers: Sequence[bytes]) -> None:
    """Raise Differs unless the rows of each parameter make the answer at its place."""
    compared = case.writing or case.by_hand
    for position, (made, answer) in enumerate(zip(repeat(work, len(answers)), answers, strict=True)):
        if not (compared and compared.same(made, answer)):
            raise Differs(f"{case.name}, {_asked(case, position)}:\n{_where(made, answer)}")


def repeat(work: Work, times: int, first: int = 0) -> list[bytes]:
    """Do the work of so many numbers once each, over a connection of its own."""
    with _connect(work) as connection:
        return [work.once(connection, number) for number in range(first, first + times)]


def _asked(case: Case, position: int) -> str:
    return case.paths[position % len(case.paths)] if case.paths else f"number {position}"


def _where(made: bytes, answer: bytes) -> str:
    place = next((at for at, (one, other) in enumerate(zip(made, answer, strict=False)) if one != other), -1)
    begin = max(0, place - 60)
    return f"by hand {made[begin : place + 60]!r}\nby HTTP {answer[begin : place + 60]!r}"


class Clients:
    """Processes with a connection each."""

    def __init__(self, most: int) -> None:
        self._workers = [Worker(f"by hand {number}") for number in range(most)]

    def run(self, work: Work, connections: int, seconds: float) -> Outcome:
        """All of the first `connections` clients at once; their outcomes put together."""
        used = self._workers[:connections]
        for number, worker in enumerate(used):
            worker.begin(run, work, seconds, *work.turns(number, connections))
        outcomes: list[Outcome] = [worker.result() for worker in used]
        return Outcome(
            answers=sum(outcome.answers for outcome in outcomes),
            latencies=[latency for outcome in outcomes for latency in outcome.latencies],
            elapsed=max(outcome.elapsed for outcome in outcomes),
            cpu=sum(outcome.cpu for outcome in outcomes),
            received=sum(outcome.received for outcome in outcomes),
            bodies=[body for outcome in outcomes for body in outcome.bodies],
        )

    def end(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.end()


_open: dict[str, Connection] = {}


def run(work: Work, seconds: float, number: int, step: int) -> Outcome:
    """Repeat the work in this process, on the connection that it keeps. The answers of writes are kept."""
    connection = _open.get(work.database)
    if connection is None:
        connection = _open[work.database] = _connect(work)
    outcome, keeps = Outcome(), isinstance(work, Transaction)
    began, cpu = time.perf_counter(), time.process_time()
    now = began
    while now - began < seconds:
        made = work.once(connection, number)
        ended = time.perf_counter()
        outcome.latencies.append(ended - now)
        outcome.received += len(made)
        if keeps:
            outcome.bodies.append(made)
        now, number = ended, number + step
    outcome.answers = len(outcome.latencies)
    outcome.elapsed, outcome.cpu = time.perf_counter() - began, time.process_time() - cpu
    return outcome


def _connect(work: Work) -> Connection:
    return psycopg.connect(
        url_of(work.database), autocommit=True, options=work.options, application_name="ghar-bench by hand"
    )
