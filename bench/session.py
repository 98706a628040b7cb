"""One run from the empty machine to the report: database, servers, checks of equality, turns."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice

from bench import by_hand, database, dataset, load, machine, processes, report, servers, vectors
from bench.by_hand import Clients, Work
from bench.cases import Case
from bench.inside import Inside, Wanted
from bench.measure import Contender, Measurement, OnlySql, OverHttp, Plan
from bench.report import Report
from bench.servers import Server
from bench.statements import TRIES, Counter
from bench.workers import Worker
from bench.writing import Ledger, Writing

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
    listings: int = dataset.LISTINGS
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
        database.ensure(setup.database, setup.listings, vectors.load)
        connection = stack.enter_context(closing(database.connect(setup.database)))
        result, ledger = Report(machine.facts(connection), setup.cases), Ledger(connection)
        inside = look_inside(setup.database, _wanted(setup.cases))
        running = _start(setup, stack, say, result)
        http = [OverHttp(name, one, generator, inside, name != report.DJANGO) for name, one in running.items()]
        work = _compare(setup, inside, http, ledger, say)
        _count_statements(result, http[0], work, Counter(connection), ledger)
        contenders: list[Contender] = [OnlySql(clients, work), *http]
        turns = Measurement(setup.plan, setup.cases, contenders, processes.Postgres(connection), ledger)
        _take_turns(turns, say)
        result.windows, result.written = turns.windows, list(ledger.entries.values())
        result.memory = [
            report.Process(name, processes.memory(pid)) for name, one in running.items() for pid in one.pids()
        ]
        result.machine["load_average_after"] = [round(value, 2) for value in os.getloadavg()]
        return result


def _wanted(cases: Sequence[Case]) -> Wanted:
    paths = [path for case in cases if case.by_hand and not case.by_hand.statement for path in case.paths]
    signed_in = [path for case in cases if case.signed_in for path in case.paths]
    return Wanted(paths, any(case.writing for case in cases), signed_in)


def look_inside(name: str, wanted: Wanted) -> Inside:
    """What the platform says of itself, from a process of its own on that database."""
    done = subprocess.run(
        [sys.executable, "-c", "from bench import inside; inside.main()"],
        cwd=database.ROOT,
        env=servers.environment(name),
        input=pickle.dumps(wanted),
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


def _compare(setup: Setup, inside: Inside, http: Sequence[OverHttp], ledger: Ledger, say: Say) -> dict[str, Work]:
    """The work by hand of each case, after it was found to make every server's answers, and to write the same."""
    say("Compare the answers of every server with the rows by hand ...")
    works = {}
    for case in setup.cases:
        if (work := by_hand.work_of(case, inside, setup.database)) is None:
            continue
        for one in filter(lambda one: one.can(case), http):
            if case.writing is None:
                by_hand.check(case, work, _fetched(one, one.requests(case)[:COMPARED]))
            else:
                _compare_writes(case, case.writing, work, one, ledger)
        works[case.name] = work
    return works


def _fetched(http: OverHttp, requests: Sequence[bytes]) -> list[bytes]:
    return [load.fetch(http.server.port, request)[1] for request in requests]


def _compare_writes(case: Case, writing: Writing, work: Work, http: OverHttp, ledger: Ledger) -> None:
    """Let a server and then the clients by hand write the same. Raises Differs."""
    ledger.clear(writing)
    answers = _fetched(http, http.writes(case, COMPARED))
    rows = ledger.rows(writing)
    ledger.clear(writing)
    by_hand.check(case, work, answers)
    if (made := ledger.rows(writing)) != rows:
        raise by_hand.Differs(f"{case.name} writes other rows:\nby hand {made}\nby HTTP {rows}")


def _count_statements(result: Report, http: OverHttp, work: dict[str, Work], counter: Counter, ledger: Ledger) -> None:
    for case in result.cases:
        if case.writing is not None:
            _count_writes(result, case, case.writing, http, work[case.name], counter, ledger)
            continue
        if (taken := _statements(http, counter, http.requests(case))) is not None:
            result.statements[case.name] = taken
        sizes = [_statements(http, counter, [http.request(p, signed_in=case.signed_in)]) for p in case.pages]
        if known := [size for size in sizes if size is not None]:
            result.page_statements[case.name] = known


def _statements(http: OverHttp, counter: Counter, requests: Sequence[bytes]) -> float | None:
    job = load.Job(http.server.port, requests, 1, 60, most=COUNTED)
    load.run(job)  # connects, which is not the request's own
    return counter.during(lambda: load.run(job).answers)


def _count_writes(
    result: Report, case: Case, writing: Writing, http: OverHttp, work: Work, counter: Counter, ledger: Ledger
) -> None:
    """Over HTTP, then by hand. Each attempt takes further numbers, because emptying tables would be counted."""
    ledger.clear(writing)
    requests = iter(http.writes(case, COUNTED * (1 + TRIES)))

    def over_http() -> int:
        asked = list(islice(requests, COUNTED))
        return load.run(load.Job(http.server.port, asked, 1, 60, most=COUNTED, writes=True)).answers

    over_http()  # connects, which is not the request's own
    if (taken := counter.during(over_http)) is not None:
        result.statements[case.name] = taken
    ledger.clear(writing)
    firsts = iter(range(0, COUNTED * TRIES, COUNTED))
    if (taken := counter.during(lambda: len(by_hand.repeat(work, COUNTED, next(firsts))))) is not None:
        result.statements_by_hand[case.name] = taken


def _take_turns(turns: Measurement, say: Say) -> None:
    for what in turns.warm_up():
        say(f"Warm up {what} ...")
    total = len(turns.steps())
    for number, window in enumerate(turns.run(), start=1):
        say(
            f"{number}/{total}: {window.case}, {window.connections} connections, {window.contender}: "
            f"{window.rate:.0f} requests/s, {window.cpu:.2f} ms CPU"
        )
