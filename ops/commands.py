"""What each command of `bin/ghar` does, in the order a newcomer meets them."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

from ops import (
    checks,
    console,
    doctor,
    local_env,
    models,
    platform,
    postgres,
    presence,
    python_env,
    redis_server,
    services,
    setup,
    shell,
)
from ops.checkout import Checkout
from ops.console import Failure
from ops.services import Services

TEST_REDIS_DATABASE = 1  # the tests spread their workers from here over 1 to 15; `up` serves from 0
SPREAD = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")
"""Three workers, because each waits for servers and databases a third of its time, and two cores are usual. Each has
whole files, so that what is made once for a file is made once; `tests` knows their order.
"""
LOCK_OPTIONS = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-emit-index-url")


def up(used: Services, options: argparse.Namespace) -> int:
    checkout = used.checkout
    if presence.is_up(checkout) and presence.is_ready(checkout):
        platform.refuse_another_port(checkout)
        console.say(f"Ghar is already up at {presence.base_url(checkout)}\n")
        return platform.welcome(checkout)
    if options.detach:
        _prepare(used)
        return platform.detach(checkout, [] if options.demo else ["--no-demo"])
    with presence.claim(checkout):
        _prepare(used)
        with services.in_use(used), platform.choose_port(checkout):
            platform.bring_up_to_date(used, demo=options.demo)
            return platform.serve(checkout)


def down(used: Services, _options: argparse.Namespace) -> int:
    if not platform.bring_down(used):
        console.say("Nothing runs.")
    return 0


def status(used: Services, _options: argparse.Namespace) -> int:
    """0 when the platform is ready, 3 when it is not: the code service managers use for 'not running'."""
    checkout = used.checkout
    ready = presence.is_up(checkout) and presence.is_ready(checkout)
    _show("Web", ready, presence.base_url(checkout))
    if used.own_postgres:
        _show("PostgreSQL", postgres.is_running(used.cluster), doctor.shown(used.cluster.url))
    if used.own_redis:
        _show("Redis", redis_server.is_running(used.redis), doctor.shown(used.redis.url))
    return 0 if ready else 3


def _show(name: str, running: bool, place: str) -> None:
    console.say(f"{console.tick() if running else console.cross()} {name:<12}{place if running else 'not running'}")


def test(used: Services, arguments: Sequence[str]) -> int:
    with _ready_for_tests(used):
        return _pytest(used, arguments)


OF_MCP = ("-m", "official", "-n", "0", "-s", "--no-header", "tests/mcp", "tests/oauth", "tests/journeys")
"""What the official tools of MCP find, one test at a time, so that each can print its figures."""


def check(used: Services, options: argparse.Namespace) -> int:
    with _ready_for_tests(used):
        if options.part == "mcp":
            os.environ["LOG_LEVEL"] = "ERROR"  # what the servers say of every call would bury the figures
            return _pytest(used, OF_MCP)
        return checks.run(used.checkout, lambda: _pytest(used, []))


def fix(used: Services, _options: argparse.Namespace) -> int:
    return checks.fix(used.checkout)


@contextmanager
def _ready_for_tests(used: Services) -> Iterator[None]:
    os.environ["ENVIRONMENT"] = "test"
    _prepare(used, browser=True)
    with services.in_use(used):
        yield


def _pytest(used: Services, arguments: Sequence[str]) -> int:
    """Run the tests; pytest's exit code is the answer, so 'no test found' (5) counts as a failure too.

    Two runs would use the same test databases, so the second waits for the first.
    """
    spread = [] if any(one.startswith(("-n", "--numprocesses")) for one in arguments) else SPREAD
    command = [python_env.program(used.checkout, "python"), "-m", "pytest", *spread, *arguments]
    with services.alone(used.checkout, at="tests"):
        return shell.hand_over(command, used.checkout.root, _test_environment(used))


def _test_environment(used: Services) -> dict[str, str]:
    """Tests stay off the databases that `up` serves from."""
    env = python_env.environment(used.checkout)
    if used.own_redis:
        env["REDIS_URL"] = f"{used.redis.url.rpartition('/')[0]}/{TEST_REDIS_DATABASE}"
    return env


def manage(used: Services, arguments: Sequence[str]) -> int:
    return _inside(used, ["python", "manage.py", *arguments])


def bench(used: Services, arguments: Sequence[str]) -> int:
    return _inside(used, ["python", "-m", "bench", *arguments])


def psql(used: Services, arguments: Sequence[str]) -> int:
    with _quietly_running(used):
        env = postgres.environment(local_env.effective(used.checkout, "DATABASE_URL"))
        return shell.hand_over(["psql", *arguments], used.checkout.root, env)


def _inside(used: Services, command: Sequence[str]) -> int:
    """Run a program of the virtual environment with this terminal, and the services running."""
    if not python_env.is_borrowed(used.checkout) and not python_env.is_current(used.checkout):
        _prepare(used)
    with _quietly_running(used):
        program, *rest = command
        place = python_env.program(used.checkout, program)
        return shell.hand_over([place, *rest], used.checkout.root, python_env.environment(used.checkout))


@contextmanager
def _quietly_running(used: Services) -> Iterator[None]:
    """The services, without a word on standard output: it belongs to the command that is run."""
    with console.quiet(), services.in_use(used):
        yield


def doctor_visit(used: Services, _options: argparse.Namespace) -> int:
    return doctor.visit(used)


def reset(used: Services, options: argparse.Namespace) -> int:
    """Delete all that this checkout keeps in `var/`; a given database is never touched."""
    checkout = used.checkout
    if not options.yes and not _agreed(checkout):
        console.say("Nothing was deleted.")
        return 1
    platform.bring_down(used)
    with services.alone(checkout), console.step("Delete local data"):
        postgres.destroy(used.cluster)
        redis_server.destroy(used.redis)
        for entry in checkout.var.iterdir():
            _delete(entry, keep=checkout.run)
    return 0


def _delete(entry: Path, *, keep: Path) -> None:
    if entry == keep:
        return
    if entry.is_dir() and not entry.is_symlink():
        rmtree(entry)
    else:
        entry.unlink()


def _agreed(checkout: Checkout) -> bool:
    if not sys.stdin.isatty():
        raise Failure("There is nobody to ask.", "Say bin/ghar reset --yes when you mean it.")
    question = f"Delete the database, the uploads and everything else in {checkout.var}? [y/N] "
    return input(question).strip().lower() in {"y", "yes"}


def lock(used: Services, arguments: Sequence[str]) -> int:
    checkout = used.checkout
    for name in ("base", "prod", "dev"):
        with console.step(f"requirements/{name}.txt") as step:
            files = [f"{name}.in", "--output-file", f"{name}.txt"]
            shell.run(
                [python_env.program(checkout, "uv"), "pip", "compile", *LOCK_OPTIONS, *arguments, *files],
                log=checkout.log("lock"),
                step=step,
                cwd=checkout.root / "requirements",
            )
    return 0


def widgets(used: Services, _options: argparse.Namespace) -> int:
    checkout = used.checkout
    checkout.make_directories()
    with console.step("static/widgets") as step:
        python_env.build_widgets(checkout, step)
    return 0


def install(used: Services, options: argparse.Namespace) -> int:
    if options.only == "database":
        setup.install_database(used)
    elif options.only == "models":
        used.checkout.make_directories()
        models.ensure(used.checkout)
    else:
        _prepare(used, browser=options.browser)
    return 0


def _prepare(used: Services, *, browser: bool = False) -> None:
    with services.alone(used.checkout):
        setup.prepare(used, browser=browser)


Action = Callable[[Services, argparse.Namespace], int]
PassingOn = Callable[[Services, Sequence[str]], int]
