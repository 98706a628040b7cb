"""`bin/ghar bench`, or `python -m bench` with DATABASE_URL and REDIS_URL set."""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
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
PLAN = measure.Plan(seconds=1.5, rounds=3, warm_up=1.0)
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
Measured = Callable[[argparse.Namespace], Outcome]


def main(arguments: Sequence[str]) -> int:
    """Measure, print the tables and write the file. 0 also when a threshold is missed, unless `--strict`."""
    if arguments[:1] == ["realtime"]:
        return _main(_realtime, _realtime_parser().parse_args(arguments[1:]))
    if arguments[:1] == ["mcp"]:
        return _main(_mcp, _mcp_parser().parse_args(arguments[1:]))
    if arguments[:1] == ["growth"]:
        return _main(_growth, _growth_parser().parse_args(arguments[1:]))
    if arguments[:1] == ["relevance"]:
        return _main(_relevance, _relevance_parser().parse_args(arguments[1:]))
    return _main(_speed, _parser().parse_args(arguments))


def _main(measured: Measured, options: argparse.Namespace) -> int:
    if missing := [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)]:
        return _refuse(f"{' and '.join(missing)} must be set. `bin/ghar bench` starts the services and sets them.")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the servers end in order
    try:
        values, lines, failed = measured(options)
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


def _relevance_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bin/ghar bench relevance",
        description="Judges text, semantic and hybrid search with queries in English, Hindi and Hinglish over made "
        "listings, and over real ones when their files are given. See docs/guides/measure.md.",
    )
    relevance.add_options(parser)
    return parser


def _growth_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bin/ghar bench growth",
        description="Compares what searches cost in PostgreSQL with 20,000 and with 200,000 listings of one city, and "
        "shows how their rows are found. See docs/guides/measure.md.",
    )
    growth.add_options(parser)
    return parser


def _mcp_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bin/ghar bench mcp",
        description="Measures calls of tools over MCP beside the same verbs over REST, many calls at once, and the "
        "list of tools. See docs/guides/measure.md.",
    )
    mcp.add_options(parser)
    return parser


def _realtime_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bin/ghar bench realtime",
        description="Measures live updates with many readers, and notices that go out: what they cost, and that "
        "nothing is lost, repeated or out of order. See docs/guides/measure.md.",
    )
    realtime.add_options(parser)
    return parser


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bin/ghar bench",
        description="Measures the platform beside the same SQL by hand and beside Django's own ASGI handler, in turns. "
        "`bin/ghar bench realtime` measures live updates and notices. See docs/guides/measure.md.",
    )
    parser.add_argument("--quick", action="store_true", help="one short round, about a minute, for a first look")
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="CASE",
        choices=[case.name for case in CASES],
        help=f"only this case, beside {BASE.name}; may be repeated: {', '.join(case.name for case in CASES)}",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here, not under bench/results/")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a threshold is missed")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
