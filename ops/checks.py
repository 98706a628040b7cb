"""`bin/ghar check`: the whole gate. Every check runs, even after one has failed."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass

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
)


def run(checkout: Checkout, tests: Callable[[], int]) -> int:
    """Run all checks and then the tests; 0 when everything passed."""
    failed = [check.label for check in CHECKS if not _passes(checkout, check)]
    console.say("\nTests")
    if tests() != 0:
        failed.append("Tests")
    console.say()
    if failed:
        console.say(f"{console.cross()} Not passed: {', '.join(failed)}")
        return 1
    console.say(f"{console.tick()} Everything passed.")
    return 0


def _passes(checkout: Checkout, check: Check) -> bool:
    log = checkout.log("check-" + check.label.lower().replace(" ", "-"))
    log.unlink(missing_ok=True)
    program, *arguments = check.command
    try:
        with console.step(check.label) as step:
            shell.run(
                [python_env.program(checkout, program), *arguments],
                log=log,
                step=step,
                cwd=checkout.root,
                env=python_env.environment(checkout),
            )
    except Failure:
        console.echo(log.read_text(encoding="utf-8", errors="replace"))
        if check.advice:
            console.say(f"  What to do: {check.advice}")
        return False
    return True


def fix(checkout: Checkout) -> int:
    """Format, and repair what the linter can repair by rule."""
    ruff = python_env.program(checkout, "ruff")
    codes = [
        subprocess.run([ruff, *arguments], cwd=checkout.root, check=False).returncode
        for arguments in (["check", "--fix", "."], ["format", "."])
    ]
    return max(codes)
