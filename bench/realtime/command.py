"""`bin/ghar bench realtime`: runs the cases, prints what they gave and writes the file."""

import argparse
import resource
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from bench import machine
from bench.realtime import cases, sending, stage
from bench.realtime.cases import Outcome, Say, Size
from bench.realtime.stage import Stage

FILES = 12_000
"""Files that a process may have to open."""

CASES: dict[str, Sequence[Callable[[Stage, Size, Say], Outcome]]] = {
    "idle": [cases.idle],
    "fan-out": [cases.fan_out],
    "failing-provider": [sending.failing_provider],
    "killed-workers": [sending.killed_workers],
    "reconnects": [partial(cases.reconnects, server=server) for server in stage.COMMANDS],
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """What the command line takes."""
    parser.add_argument("--quick", action="store_true", help="a tenth of the size, for a first look")
    parser.add_argument(
        "--only", action="append", default=[], metavar="CASE", choices=list(CASES), help=f"one of {', '.join(CASES)}"
    )


def run(names: Sequence[str], size: Size, say: Say, *, database: str = stage.NAME) -> dict[str, Any]:
    """Plain values for the file. Raises NoRoom."""
    _insist_on_files(2 * (size.streams + size.sockets))
    say("The database and its people ...")
    outcomes = []
    with stage.ready(database) as (place, connection):
        facts = machine.facts(connection)
        for name in names or CASES:
            for case in CASES[name]:
                outcomes.append(case(place, size, say))
                say(_line(outcomes[-1]))
    return {
        "machine": facts,
        "size": vars(size),
        "results": [{"case": one.case, "server": one.server, **one.figures} for one in outcomes],
        "checks": [vars(check) for one in outcomes for check in one.checks],
    }


def lines(result: dict[str, Any]) -> list[str]:
    """The checks, for people."""
    return [
        f"{'pass' if check['passed'] else 'FAIL':>12}  {check['text']}: {check['value']:g}"
        for check in result["checks"]
    ]


def _line(outcome: Outcome) -> str:
    figures = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in outcome.figures.items())
    return f"{outcome.case}, {outcome.server}: {figures}"


def _insist_on_files(wanted: int) -> None:
    """Raise the limit of open files for this process and those it starts."""
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = min(FILES, wanted + 500)
    if most != resource.RLIM_INFINITY and most < needed:
        raise stage.NoRoom(f"A process may open {most} files here; {needed} are needed (ulimit -Hn).")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(usual, needed), most))
