"""Running other programs: output goes to a log, and a failure says where that is."""

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ops.console import Failure, Step

Command = Sequence[str | Path]


def shown(command: Command) -> str:
    return shlex.join(str(part) for part in command)


def run(command: Command, *, log: Path, step: Step | None = None, advice: str = "", **options: Any) -> None:
    """Run to the end with the output added to `log`. Raises Failure, naming the command, when it fails.

    `options` go to `subprocess.run`: cwd, env, user, group.
    """
    if step:
        step.log = log
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        output.write(f"\n$ {shown(command)}\n".encode())
        output.flush()
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False, **options
            )
        except OSError as error:
            why = f"{command[0]} cannot be started: {error.strerror}."
            raise Failure(why, advice or "Run bin/ghar doctor.") from error
    if done.returncode:
        raise Failure(f"`{shown(command)[:200]}` ended with code {done.returncode}.", advice, log)


def output(command: Command, *, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> str:
    """What a short question to another program answers; empty when it fails or is not installed."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=env, cwd=cwd, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def hand_over(command: Command, cwd: Path, env: Mapping[str, str]) -> int:
    """Run a program with this terminal, and answer its exit code.

    Ctrl-C reaches the program too, and what it means there (cancel a query, end the tests) is its own business.
    """
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.run(command, cwd=cwd, env=env, check=False).returncode
    except OSError as error:
        raise Failure(f"{command[0]} cannot be started: {error.strerror}.", "Run bin/ghar doctor.") from error
    finally:
        signal.signal(signal.SIGINT, before)


def is_root() -> bool:
    return os.geteuid() == 0


def as_root(command: Command) -> list[str | Path]:
    """The same command with root's rights. Raises Failure when there is no way to get them."""
    if is_root():
        return list(command)
    if shutil.which("sudo"):
        return ["sudo", *command]
    raise Failure("This step needs root, and sudo is not installed.", f"As root, run: {shown(command)}")


def ask_for_rights() -> None:
    """Let sudo ask for the password now, on a clean line, before a moving one would cover its question."""
    if not is_root():
        subprocess.run(as_root(["true"]), check=False)


def plain_english() -> dict[str, str]:
    """The environment for a program whose answer is read by this one, so it must not be translated."""
    return os.environ | {"LC_ALL": "C"}
