"""The limit: the same statements with psycopg alone, one process a connection, prepared, nothing else around them."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from bench.cases import Case, Rows
from bench.database import url_of
from bench.inside import Inside
from bench.load import Outcome
from bench.workers import Worker


class Differs(Exception):
    """The rows by hand do not make the HTTP answer, so that comparing their speed would mean nothing."""


@dataclass(frozen=True)
class Work:
    """A statement, the parameters that take turns, and how its rows become an answer."""

    database: str
    options: str
    statement: str
    params: Sequence[Any]
    make: Callable[[Rows], bytes]


def work_of(case: Case, inside: Inside, database: str) -> Work | None:
    """A case's work; None when it has no limit by hand. Raises Differs when a path runs more than one statement."""
    by_hand = case.by_hand
    if by_hand is None:
        return None
    if by_hand.statement is not None:
        return Work(database, inside.options, by_hand.statement, [{"user": inside.user}], by_hand.make)
    calls = [inside.statements[path] for path in case.paths]
    if len({call.sql for path in calls for call in path}) != 1 or any(len(path) != 1 for path in calls):
        raise Differs(f"{case.name}: its paths do not all run one and the same statement; write it by hand.")
    return Work(database, inside.options, calls[0][0].sql, [path[0].params for path in calls], by_hand.make)


def check(case: Case, work: Work, answers: Sequence[bytes]) -> None:
    """Raise Differs unless the rows of each parameter make the answer at its place."""
    same = case.by_hand and case.by_hand.same
    with _connect(work) as connection:
        for position, answer in enumerate(answers):
            made = _once(connection, work, position)
            if not (same and same(made, answer)):
                raise Differs(f"{case.name}, {case.paths[position % len(case.paths)]}:\n{_where(made, answer)}")


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
            worker.begin(run, work, seconds, number)
        outcomes: list[Outcome] = [worker.result() for worker in used]
        return Outcome(
            answers=sum(outcome.answers for outcome in outcomes),
            latencies=[latency for outcome in outcomes for latency in outcome.latencies],
            elapsed=max(outcome.elapsed for outcome in outcomes),
            cpu=sum(outcome.cpu for outcome in outcomes),
            received=sum(outcome.received for outcome in outcomes),
        )

    def end(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.end()


_open: dict[str, psycopg.Connection[Any]] = {}


def run(work: Work, seconds: float, number: int) -> Outcome:
    """Repeat the work in this process, on the connection that it keeps; each client begins at another parameter."""
    connection = _open.get(work.database)
    if connection is None:
        connection = _open[work.database] = _connect(work)
    outcome, position = Outcome(), number * 7
    began, cpu = time.perf_counter(), time.process_time()
    now = began
    while now - began < seconds:
        made = _once(connection, work, position)
        ended = time.perf_counter()
        outcome.latencies.append(ended - now)
        outcome.received += len(made)
        now, position = ended, position + 1
    outcome.answers = len(outcome.latencies)
    outcome.elapsed, outcome.cpu = time.perf_counter() - began, time.process_time() - cpu
    return outcome


def _connect(work: Work) -> psycopg.Connection[Any]:
    return psycopg.connect(
        url_of(work.database), autocommit=True, options=work.options, application_name="ghar-bench by hand"
    )


def _once(connection: psycopg.Connection[Any], work: Work, position: int) -> bytes:
    params = work.params[position % len(work.params)]
    cursor = connection.execute(work.statement, params, prepare=True)
    return work.make([row[0] for row in cursor.fetchall()])
