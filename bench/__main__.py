"""`bin/ghar bench`, or `python -m bench` with DATABASE_URL and REDIS_URL set."""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bench import by_hand, database, load, measure, servers, session, writing
from bench.cases import BASE, CASES, Case
from bench.growth import command as growth
from bench.mcp import command as mcp
from bench.realtime import command as realtime
from bench.realtime.stage import NoRoom
from bench.relevance import command as relevance

RESULTS = Path(__file__).resolve().parent / "results"
PLAN = measure.Plan(seconds=0.8, rounds=5, warm_up=1.0)
QUICK = measure.Plan(seconds=1.0, rounds=1, warm_up=0.6)
FAILURES = (
    by_hand.Differs,
    database.NotOurs,
    load.BadAnswer,
    measure.WrongAnswers,
    servers.ServerFailed,
    writing.NothingWritten,
    NoRoom,
)
Outcome = tuple[dict[str, Any], list[str], bool]
"""Values for the file, lines for people, and whether something was missed."""


def main(arguments: Sequence[str]) -> int:
    """Measure, print the tables and write the file. 0 also when a threshold is missed, unless `--strict`."""
    kind = KINDS.get(arguments[0]) if arguments else None
    if kind is not None:
        return _main(kind, kind.parser().parse_args(arguments[1:]))
    return _main(SPEED, SPEED.parser(KINDS).parse_args(arguments))


def _main(kind: "Kind", options: argparse.Namespace) -> int:
    if missing := [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)]:
        return _refuse(f"{' and '.join(missing)} must be set. `bin/ghar bench` starts the services and sets them.")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the servers end in order
    try:
        values, lines, failed = kind.measured(options)
    except FAILURES as failure:
        return _refuse(str(failure))
    except KeyboardInterrupt:
        return _refuse("Stopped.")
    place = options.json or RESULTS / f"{datetime.now():%Y-%m-%d-%H%M%S}.json"  # noqa: DTZ005 - the machine's own day
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(values, indent=1, default=str) + "\n")
    print("\n".join(lines), f"\n\nWritten to {place}")
    return 1 if options.strict and failed else 0


def _speed(options: argparse.Namespace) -> Outcome:
    result = session.run(session.Setup(_chosen(options.only), QUICK if options.quick else PLAN), _say)
    return result.values(), list(result.lines()), any(check.passed is False for check in result.checks())


def _realtime(options: argparse.Namespace) -> Outcome:
    result = realtime.run(options.only, realtime.cases.QUICK if options.quick else realtime.cases.Size(), _say)
    return result, realtime.lines(result), not all(check["passed"] for check in result["checks"])


def _mcp(options: argparse.Namespace) -> Outcome:
    result = mcp.run(mcp.QUICK if options.quick else mcp.Size(), _say)
    return result, list(mcp.lines(result)), not all(check["passed"] for check in result["checks"])


def _growth(options: argparse.Namespace) -> Outcome:
    result = growth.run(growth.QUICK if options.quick else growth.Size(), _say, only=options.only)
    shown = list(growth.lines(result, with_plans=options.plans))
    return result, shown, not all(check["passed"] for check in result["checks"])


def _chosen(names: Sequence[str]) -> list[Case]:
    """The named cases, always with the base that they are compared with."""
    return [case for case in CASES if not names or case.name in names or case is BASE]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _refuse(text: str) -> int:
    print(text, file=sys.stderr)
    return 2


def _relevance(options: argparse.Namespace) -> Outcome:
    return relevance.run(options, _say)


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="one short round, some three minutes, for a first look")
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="CASE",
        choices=[case.name for case in CASES],
        help=f"only this case, beside {BASE.name}; may be repeated: {', '.join(case.name for case in CASES)}",
    )


@dataclass(frozen=True)
class Kind:
    """Something that is measured: `name` is the word for it on the command line, empty for what needs none."""

    name: str
    description: str
    add_options: Callable[[argparse.ArgumentParser], None]
    measured: Callable[[argparse.Namespace], Outcome]

    def parser(self, others: Iterable[str] = ()) -> argparse.ArgumentParser:
        """What the command line takes; `others` are words that may stand first instead."""
        more = f" One of these words first measures something else: {', '.join(others)}." if others else ""
        parser = argparse.ArgumentParser(
            prog=f"bin/ghar bench {self.name}".rstrip(),
            description=f"{self.description}{more} See docs/guides/measure.md.",
        )
        self.add_options(parser)
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here, not to bench/results/")
        parser.add_argument("--strict", action="store_true", help="exit with 1 when something falls short")
        return parser


SPEED = Kind(
    "",
    "Measures the platform beside the same SQL by hand and beside Django's own ASGI handler, in turns.",
    _add_options,
    _speed,
)
KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "realtime",
            "Measures live updates with many readers, and notices that go out: what they cost, and that nothing is "
            "lost, repeated or out of order.",
            realtime.add_options,
            _realtime,
        ),
        Kind(
            "mcp",
            "Measures calls of tools over MCP beside the same verbs over REST, many calls at once, and the list of "
            "tools.",
            mcp.add_options,
            _mcp,
        ),
        Kind(
            "relevance",
            "Judges text, semantic and hybrid search with queries in English, Hindi and Hinglish over made listings, "
            "and over real ones when their files are given.",
            relevance.add_options,
            _relevance,
        ),
        Kind(
            "growth",
            "Compares what searches cost in PostgreSQL with 20,000 and with 200,000 listings of one city, and shows "
            "how their rows are found.",
            growth.add_options,
            _growth,
        ),
    )
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
