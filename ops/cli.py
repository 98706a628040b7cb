"""The command line of `bin/ghar`: names, help texts and exit codes."""

import argparse
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import FrameType
from typing import TypeAlias

from ops import checkout, commands, console
from ops.console import Failure
from ops.services import Services

INTERRUPTED = 130


@dataclass(frozen=True)
class PassOn:
    """A command whose arguments belong to another program."""

    action: commands.PassingOn
    arguments: str
    summary: str
    more: str = ""


PASS_ON = {
    "test": PassOn(
        commands.test,
        "[pytest arguments]",
        "set up what the tests need and run them on real services",
        "Runs with three workers unless -n is given. Services that nobody else uses are stopped afterwards.\n"
        "Example: bin/ghar test tests/visits -k reschedule -n 0",
    ),
    "manage": PassOn(
        commands.manage,
        "COMMAND [arguments]",
        "run manage.py with this checkout's environment and services",
        "Example: bin/ghar manage shell",
    ),
    "psql": PassOn(commands.psql, "[psql arguments]", "open this checkout's database in psql"),
    "bench": PassOn(
        commands.bench,
        "[realtime | mcp | relevance | growth] [--quick] [--only CASE] [--json FILE] [--strict]",
        "measure the platform with the harness in bench/",
        "Without a word first it measures requests beside the same SQL by hand. The words measure live updates, MCP,\n"
        "the quality of searches, and searches among ten times as many listings; each tells more with --help.\n"
        'Example: bin/ghar bench --quick --only "radius list"',
    ),
    "lock": PassOn(
        commands.lock,
        "[uv arguments]",
        "compile requirements/*.in to pinned, hashed files",
        "Keeps the versions it finds. Example: bin/ghar lock --upgrade-package django",
    ),
}


def main(arguments: Sequence[str]) -> int:
    """Run one command; answers the exit code of the process."""
    console.prepare(sys.stdout)
    _listen_to_signals()
    used = Services(checkout.here())
    try:
        return _run(used, arguments)
    except Failure as failure:
        console.show_failure(failure)
        return 1
    except PermissionError as error:
        console.show_failure(
            Failure(f"No right to use {error.filename}.", "Start bin/ghar as the user who set this checkout up.")
        )
        return 1
    except KeyboardInterrupt:
        console.say("\nStopped.")
        return INTERRUPTED


def _run(used: Services, arguments: Sequence[str]) -> int:
    if arguments and arguments[0] in PASS_ON and arguments[1:2] not in (["--help"], ["-h"]):
        return PASS_ON[arguments[0]].action(used, arguments[1:])
    options = parser().parse_args(arguments)
    action: commands.Action = options.action
    return action(used, options)


def _listen_to_signals() -> None:
    """The first Ctrl-C (or SIGTERM) ends the command in good order; further ones do not disturb that."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        for other in (signal.SIGINT, signal.SIGTERM):
            signal.signal(other, lambda *_: None)
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="bin/ghar",
        description="Sets up, runs, tests and looks after Ghar in this checkout.",
        epilog="Given DATABASE_URL or REDIS_URL (in the environment or in .env.<ENVIRONMENT>), that server is used "
        "and none is started here. bin/ghar COMMAND --help tells more.",
    )
    names = top.add_subparsers(metavar="COMMAND", required=True, title="commands")

    up = _command(names, "up", commands.up, "install what is missing and start the whole platform")
    up.add_argument("--detach", action="store_true", help="return once it is ready; `bin/ghar down` stops it")
    up.add_argument("--no-demo", dest="demo", action="store_false", help="leave a new database without demo data")
    _command(names, "down", commands.down, "stop everything this checkout runs")
    _command(names, "status", commands.status, "show what runs and where; exit code 3 when Ghar is not ready")
    _add_pass_on(names, "test")
    check = _command(
        names, "check", commands.check, "the whole gate: format, lint, imports, types, migrations, docs, tests"
    )
    what = "only what the official tools of MCP find (conformance suite, inspector, clients), with their figures"
    check.add_argument("part", nargs="?", choices=["mcp"], help=what)
    _command(names, "fix", commands.fix, "format the code and repair what the linter can repair by rule")
    _command(names, "widgets", commands.widgets, "build the views of tool results: widgets/ into static/widgets")
    _command(names, "doctor", commands.doctor_visit, "say what is wrong with this machine and what to do")
    for name in ("manage", "psql", "bench", "lock"):
        _add_pass_on(names, name)
    reset = _command(names, "reset", commands.reset, "stop everything and delete all of var/: database, uploads, logs")
    reset.add_argument("--yes", action="store_true", help="do not ask")
    setup = _command(names, "setup", commands.install, "install what is missing and start nothing")
    setup.add_argument("--browser", action="store_true", help="also what the browser tests need")
    only = "PostgreSQL with its extensions, or the weights of the embedding model, and nothing else"
    setup.add_argument("--only", choices=["database", "models"], help=only)
    return top


def command_names() -> list[str]:
    """Every command there is."""
    choices = next(action.choices for action in parser()._actions if action.choices)
    return sorted(choices)


Names: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _command(names: Names, name: str, action: commands.Action, summary: str) -> argparse.ArgumentParser:
    command = names.add_parser(name, help=summary, description=summary.capitalize() + ".")
    command.set_defaults(action=action)
    return command


def _add_pass_on(names: Names, name: str) -> None:
    what = PASS_ON[name]
    names.add_parser(
        name,
        help=what.summary,
        usage=f"bin/ghar {name} {what.arguments}",
        description=f"{what.summary.capitalize()}.\n\n{what.more}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=True,
    )
