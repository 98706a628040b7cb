"""`bin/ghar bench mcp`: tools beside the same verbs over REST, many calls at once, and the list of tools."""

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import Any

from bench import database, dataset, inside, load, machine, processes, session, stats, vectors, visits
from bench.inside import Inside
from bench.mcp import requests
from bench.mcp.requests import DOORS, HANDSHAKE, NEWEST, REST, Verb
from bench.report import Check
from bench.servers import Server
from bench.workers import Worker
from bench.writing import Connection, Ledger

Say = Callable[[str], None]
AT_LEAST_OF_REST = 0.5
LIST_P95_MS = 15.0
AT_ONCE = 500
DB_THREADS = 16
LEFT_AFTER_S = 15.0
"""How long the server has to give its connections back."""


@dataclass(frozen=True)
class Size:
    """How much: windows of so many seconds, in turn for each door, and how many rounds; connections of the load."""

    seconds: float = 3.0
    rounds: int = 5
    warm_up: float = 1.5
    connections: int = 8
    at_once: int = AT_ONCE
    listings: int = dataset.LISTINGS
    writes_a_second: int = 1500


QUICK = Size(seconds=1.5, rounds=2, warm_up=0.8)


@dataclass
class Stage:
    """What a run has: the server, who asks, and where the load comes from."""

    server: Server
    inside: Inside
    generator: Worker
    connection: Connection
    ledger: Ledger
    size: Size
    windows: list[dict[str, Any]] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    def check(self, text: str, value: float, passed: bool) -> None:
        """Note whether something held."""
        self.checks.append(Check(text, round(value, 3), passed))

    def load(
        self, asked: Callable[[int, Any], Any], count: int, connections: int, seconds: float, **more: Any
    ) -> Worker:
        """Ask for `seconds`, each request once when there are enough of them."""
        port = self.server.port
        made = [asked(number, self.inside.scene).encoded(port) for number in range(count)]
        self.generator.begin(load.run, load.Job(port, made, connections, seconds, **more))
        return self.generator


def add_options(parser: argparse.ArgumentParser) -> None:
    """What the command line takes."""
    parser.add_argument("--quick", action="store_true", help="short windows, for a first look")


def run(size: Size, say: Say, *, name: str = database.NAME, with_vectors: bool = True) -> dict[str, Any]:
    """Plain values for the file."""
    with ExitStack() as stack:
        generator = Worker("load generator")
        stack.callback(generator.end)
        say("The database ...")
        database.ensure(name, size.listings, vectors.load if with_vectors else None)
        connection = stack.enter_context(closing(database.connect(name)))
        looked = session.look_inside(name, inside.Wanted([], scene=True))
        server = stack.enter_context(Server(name, 1, variables={"DB_THREADS": str(DB_THREADS)}))
        stage = Stage(server, looked, generator, connection, Ledger(connection), size)
        at_once = _at_once(stage, say)
        for verb in requests.VERBS:
            _compare(stage, verb, say)
        lists = [_list(stage, door, say) for door in (HANDSHAKE, NEWEST)]
        return {
            "machine": machine.facts(connection),
            "size": vars(size),
            "at_once": at_once,
            "windows": stage.windows,
            "verbs": [_summed_up(stage, verb) for verb in requests.VERBS],
            "tools_list": lists,
            "checks": [vars(check) for check in stage.checks],
        }


def _at_once(stage: Stage, say: Say) -> dict[str, Any]:
    """Everybody calls at the same moment, first thing: no connection but the harness's own is there before."""
    say(f"{stage.size.at_once} calls at once ...")
    calls, before = 2 * stage.size.at_once, _connections(stage.connection)
    work = stage.load(
        requests.SEARCH.asked[HANDSHAKE], calls, stage.size.at_once, 60, most=stage.size.at_once, writes=True
    )
    most = 0
    while not work.is_ready():
        most = max(most, _connections(stage.connection) - before)
        time.sleep(0.01)
    outcome = work.result()
    wrong = len(outcome.wrong) + sum(requests.is_refusal(HANDSHAKE, body) for body in outcome.bodies)
    began = time.monotonic()
    while (left := _connections(stage.connection) - before) > 0 and time.monotonic() - began < LEFT_AFTER_S:
        time.sleep(0.2)
    stage.check("calls at once: errors", wrong, wrong == 0)
    stage.check(f"calls at once: connections to the database, of {DB_THREADS}", most, 0 < most <= DB_THREADS)
    stage.check("calls at once: connections that are left", left, left <= 0)
    return {
        "answers": outcome.answers,
        "errors": wrong,
        "seconds": round(outcome.elapsed, 2),
        "p50_ms": _ms(outcome, 0.5),
        "p95_ms": _ms(outcome, 0.95),
        "most_connections": most,
        "connections_left": max(0, left),
    }


def _connections(connection: Connection) -> int:
    row = connection.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'"
    ).fetchone()
    return int(row[0]) if row else 0


def _compare(stage: Stage, verb: Verb, say: Say) -> None:
    """All doors in turn, round after round."""
    for door in DOORS:
        _window(stage, verb, door, stage.size.warm_up, -1)
    for number in range(stage.size.rounds):
        for door in DOORS:
            window = _window(stage, verb, door, stage.size.seconds, number)
            stage.windows.append(window)
            say(f"{verb.name}, {door}: {window['rate']:.0f} a second, p95 {window['p95_ms']} ms")
    for door in (HANDSHAKE, NEWEST):
        ratio = stats.median_ratio(_rates(stage, verb, door), _rates(stage, verb, REST)) or 0.0
        stage.check(f"{verb.name}: {door} as a share of REST", ratio, ratio >= AT_LEAST_OF_REST)


def _window(stage: Stage, verb: Verb, door: str, seconds: float, number: int) -> dict[str, Any]:
    size = stage.size
    if verb.writes:
        stage.ledger.clear(visits.REST)
    count = int(size.writes_a_second * seconds) + size.connections if verb.writes else len(requests.POINTS)
    cpu = processes.cpu_of(stage.server.pids())
    outcome = stage.load(verb.asked[door], count, size.connections, seconds, writes=verb.writes).result()
    if outcome.wrong:
        raise load.BadAnswer(f"{verb.name}, {door}: {outcome.wrong[0]}")
    if refused := [body for body in outcome.bodies if requests.is_refusal(door, body)]:
        raise load.BadAnswer(f"{verb.name}, {door}: {refused[0][:300]!r}")
    return {
        "round": number,
        "verb": verb.name,
        "door": door,
        "rate": round(outcome.answers / outcome.elapsed, 1),
        "p50_ms": _ms(outcome, 0.5),
        "p95_ms": _ms(outcome, 0.95),
        "cpu_ms": round(1000 * (processes.cpu_of(stage.server.pids()) - cpu) / outcome.answers, 2),
    }


def _rates(stage: Stage, verb: Verb, door: str) -> list[float]:
    return [one["rate"] for one in stage.windows if (one["verb"], one["door"]) == (verb.name, door)]


def _list(stage: Stage, door: str, say: Say) -> dict[str, Any]:
    outcome = stage.load(requests.tools_list(door), 20, 1, stage.size.seconds).result()
    if outcome.wrong:
        raise load.BadAnswer(f"tools/list, {door}: {outcome.wrong[0]}")
    p95 = _ms(outcome, 0.95)
    say(f"tools/list, {door}: p95 {p95} ms")
    stage.check(f"tools/list, {door}: p95 in milliseconds", p95, p95 < LIST_P95_MS)
    return {"door": door, "answers": outcome.answers, "p50_ms": _ms(outcome, 0.5), "p95_ms": p95}


def _summed_up(stage: Stage, verb: Verb) -> dict[str, Any]:
    def middle(door: str, name: str) -> float:
        values = [one[name] for one in stage.windows if (one["verb"], one["door"]) == (verb.name, door)]
        return stats.percentile(values, 0.5)

    doors = {door: {name: middle(door, name) for name in ("rate", "p50_ms", "p95_ms", "cpu_ms")} for door in DOORS}
    return {"verb": verb.name, **doors}


def _ms(outcome: load.Outcome, share: float) -> float:
    return round(1000 * stats.percentile(outcome.latencies, share), 2)


def lines(result: dict[str, Any]) -> Iterator[str]:
    """The tables and checks, for people."""
    yield f"{'':20}{'':18}{'a second':>10}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}"
    for verb in result["verbs"]:
        for door in DOORS:
            one = verb[door]
            figures = f"{one['rate']:>10.0f}{one['p50_ms']:>9.2f}{one['p95_ms']:>9.2f}{one['cpu_ms']:>9.2f}"
            yield f"{verb['verb']:20}{door:18}{figures}"
    for one in result["tools_list"]:
        yield f"{'tools/list':20}{one['door']:18}{'':10}{one['p50_ms']:>9.2f}{one['p95_ms']:>9.2f}"
    yield ""
    for check in result["checks"]:
        yield f"{'pass' if check['passed'] else 'FAIL':>12}  {check['text']}: {check['value']:g}"
