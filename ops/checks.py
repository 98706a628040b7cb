"""`bin/ghar check`: the whole gate. Every check runs, even after one has failed."""

import subprocess
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ops import console, python_env, shell
from ops.checkout import Checkout
from ops.console import Failure


@dataclass(frozen=True)
class Check:
    """One command of the gate; the first word is a program of the virtual environment."""

    label: str
    command: tuple[str, ...]
    advice: str


CHECKS = (
    Check("Format", ("ruff", "format", "--check", "."), "bin/ghar fix"),
    Check("Lint", ("ruff", "check", "."), "bin/ghar fix repairs what can be repaired by rule."),
    Check("Imports keep to their floors", ("lint-imports",), "docs/architecture.md names the floors."),
    Check("Types", ("mypy",), ""),
    Check(
        "Models have their migrations",
        ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
        "bin/ghar manage makemigrations",
    ),
    Check("Generated docs are fresh", ("python", "manage.py", "docs", "--check"), "bin/ghar manage docs"),
    # It also compiles the tests, which their workers would do each for itself.
    Check("Tests are collected", ("pytest", "--collect-only", "-qq"), ""),
)
SIDE_BY_SIDE = 2
"""Most need one core each; more at a time would only get in each other's way on a small machine."""


def run(checkout: Checkout, tests: Callable[[], int]) -> int:
    """Run all checks and then the tests; 0 when everything passed."""
    failed = _failed(checkout)
    console.say("\nTests")
    if tests() != 0:
        failed.append("Tests")
    console.say()
    if failed:
        console.say(f"{console.cross()} Not passed: {', '.join(failed)}")
        return 1
    console.say(f"{console.tick()} Everything passed.")
    return 0


def _failed(checkout: Checkout) -> list[str]:
    """The labels of the checks that fail. They run side by side, and their lines come in the order of the list."""
    pool = ThreadPoolExecutor(SIDE_BY_SIDE)
    try:
        running = [(check, pool.submit(_carry_out, checkout, check)) for check in CHECKS]
        return [check.label for check, seconds in running if not _passes(checkout, check, seconds)]
    finally:
        pool.shutdown(cancel_futures=True)  # after Ctrl-C the others need not begin


def _carry_out(checkout: Checkout, check: Check) -> float:
    """The seconds it took. Raises Failure when something is found."""
    begun = time.monotonic()
    log = _log(checkout, check)
    log.unlink(missing_ok=True)
    program, *arguments = check.command
    shell.run(
        [python_env.program(checkout, program), *arguments],
        log=log,
        cwd=checkout.root,
        env=python_env.environment(checkout),
    )
    return time.monotonic() - begun


def _passes(checkout: Checkout, check: Check, seconds: Future[float]) -> bool:
    try:
        with console.step(check.label) as step:
            step.took = seconds.result()
    except Failure:
        console.echo(_log(checkout, check).read_text(encoding="utf-8", errors="replace"))
        if check.advice:
            console.say(f"  What to do: {check.advice}")
        return False
    return True


def _log(checkout: Checkout, check: Check) -> Path:
    return checkout.log("check-" + check.label.lower().replace(" ", "-"))


def fix(checkout: Checkout) -> int:
    """Format, and repair what the linter can repair by rule."""
    ruff = python_env.program(checkout, "ruff")
    codes = [
        subprocess.run([ruff, *arguments], cwd=checkout.root, check=False).returncode
        for arguments in (["check", "--fix", "."], ["format", "."])
    ]
    return max(codes)
