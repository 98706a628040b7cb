"""One run from the empty machine to the report: database, servers, checks of equality, turns."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass

from bench import by_hand, database, load, machine, processes, report, servers
from bench.by_hand import Clients, Work
from bench.cases import Case
from bench.inside import Inside
from bench.measure import Contender, Measurement, OnlySql, OverHttp, Plan
from bench.report import Report
from bench.servers import Server
from bench.statements import Counter
from bench.workers import Worker

Say = Callable[[str], None]
COMPARED = 5
"""Answers of each server that are compared with the rows by hand before anything is measured."""
COUNTED = 20
"""Requests over which statements are counted."""


@dataclass(frozen=True)
class Setup:
    """What a run is made of. `servers`: name, workers, application."""

    cases: Sequence[Case]
    plan: Plan
    database: str = database.NAME
    listings: int = 20_000
    servers: Sequence[tuple[str, int, str]] = (
        (report.ONE, 1, servers.APPLICATION),
        (report.TWO, 2, servers.APPLICATION),
        (report.DJANGO, 1, "bench.django_asgi:application"),
    )


def run(setup: Setup, say: Say) -> Report:
    """Measure. Raises the named errors of the modules below when a run would mean nothing."""
    with ExitStack() as stack:
        # Forked first, while this process holds no connections.
        generator, clients = Worker("load generator"), Clients(max(setup.plan.connections))
        stack.callback(generator.end)
        stack.callback(clients.end)
        say(f"Database {setup.database} with {setup.listings} listings ...")
        database.ensure(setup.database, setup.listings)
        connection = stack.enter_context(closing(database.connect(setup.database)))
        result = Report(machine.facts(connection), setup.cases)
        inside = _look_inside(setup)
        running = _start(setup, stack, say, result)
        http = [OverHttp(name, one, generator, inside, name != report.DJANGO) for name, one in running.items()]
        work = _compare(setup, inside, http, say)
        _count_statements(result, http[0], Counter(connection))
        contenders: list[Contender] = [OnlySql(clients, work), *http]
        turns = Measurement(setup.plan, setup.cases, contenders, processes.Postgres(connection))
        _take_turns(turns, say)
        result.windows = turns.windows
        result.memory = [
            report.Process(name, processes.memory(pid)) for name, one in running.items() for pid in one.pids()
        ]
        result.machine["load_average_after"] = [round(value, 2) for value in os.getloadavg()]
        return result


def _look_inside(setup: Setup) -> Inside:
    paths = [path for case in setup.cases if case.by_hand and not case.by_hand.statement for path in case.paths]
    done = subprocess.run(
        [sys.executable, "-c", "from bench import inside; inside.main()"],
        cwd=database.ROOT,
        env=servers.environment(setup.database),
        input=pickle.dumps(paths),
        stdout=subprocess.PIPE,
        check=True,
    )
    inside: Inside = pickle.loads(done.stdout)
    return inside


def _start(setup: Setup, stack: ExitStack, say: Say, result: Report) -> dict[str, Server]:
    running = {}
    for name, workers, application in setup.servers:
        say(f"Start {name} ...")
        running[name] = stack.enter_context(Server(setup.database, workers, application))
        result.start_seconds[name] = running[name].start_seconds
    return running


def _compare(setup: Setup, inside: Inside, http: Sequence[OverHttp], say: Say) -> dict[str, Work]:
    """The work by hand of each case, after its rows were found to make every server's answers."""
    say("Compare the answers of every server with the rows by hand ...")
    works = {}
    for case in setup.cases:
        if (work := by_hand.work_of(case, inside, setup.database)) is None:
            continue
        for one in http:
            asked = one.requests(case)[:COMPARED]
            by_hand.check(case, work, [load.fetch(one.server.port, request)[1] for request in asked])
        works[case.name] = work
    return works


def _count_statements(result: Report, http: OverHttp, counter: Counter) -> None:
    for case in result.cases:
        if (taken := _statements(http, counter, http.requests(case))) is not None:
            result.statements[case.name] = taken
        sizes = [_statements(http, counter, [http.request(p, signed_in=case.signed_in)]) for p in case.pages]
        if known := [size for size in sizes if size is not None]:
            result.page_statements[case.name] = known


def _statements(http: OverHttp, counter: Counter, requests: Sequence[bytes]) -> float | None:
    job = load.Job(http.server.port, requests, 1, 60, most=COUNTED)
    load.run(job)  # connects, which is not the request's own
    return counter.during(lambda: load.run(job).answers)


def _take_turns(turns: Measurement, say: Say) -> None:
    for what in turns.warm_up():
        say(f"Warm up {what} ...")
    total = len(turns.steps())
    for number, window in enumerate(turns.run(), start=1):
        say(
            f"{number}/{total}: {window.case}, {window.connections} connections, {window.contender}: "
            f"{window.rate:.0f} requests/s, {window.cpu:.2f} ms CPU"
        )
