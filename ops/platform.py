"""The running platform: its port, its database brought up to date, its processes, and their orderly end."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from ops import console, freshness, local_env, ports, presence, python_env, services, shell
from ops.checkout import Checkout
from ops.console import Failure
from ops.services import Services

READY_SECONDS = 120


def choose_port(checkout: Checkout) -> ports.Held:
    """Hold the port of the web process: the given one or none, else the remembered or the next free one.

    It has to be held until the web process has ended: that one listens long after the choice, and granian, which lets
    several of its processes share a port (SO_REUSEPORT), would share it with another checkout's without a word.
    """
    given = local_env.given(checkout, "PORT")
    if given:
        return _insist_on(given)
    remembered = int(local_env.effective(checkout, "PORT") or presence.DEFAULT_PORT)
    held = ports.hold_next(remembered)
    if held.number != remembered:
        console.say(f"{console.warning()} Port {remembered} is taken; using {held.number} and remembering it.")
    local_env.update(checkout, PORT=str(held.number))
    return held


def refuse_another_port(checkout: Checkout) -> None:
    """Raises Failure when a port is given and Ghar is up at another one."""
    given = local_env.given(checkout, "PORT")
    if given and _number(given) != int(presence.port(checkout)):
        raise Failure(
            f"Ghar is up already, at {presence.base_url(checkout)} and not at port {given}.",
            f"To move it: bin/ghar down, then PORT={given} bin/ghar up.",
        )


def _number(given: str) -> int:
    if not given.isdecimal() or not 0 < int(given) < 65_536:
        raise Failure(f"PORT={given} is not a port number.", "Give a number from 1 to 65535.")
    return int(given)


def _insist_on(given: str) -> ports.Held:
    held = ports.hold(_number(given))
    if held is None:
        raise Failure(f"Port {given} is taken by another program.", "Stop that program, or give another PORT.")
    return held


def manage(checkout: Checkout, label: str, *arguments: str) -> None:
    """One management command as one step."""
    with console.step(label) as step:
        shell.run(
            [python_env.program(checkout, "python"), "manage.py", *arguments],
            log=checkout.log(arguments[0]),
            step=step,
            cwd=checkout.root,
            env=python_env.environment(checkout),
        )


def bring_up_to_date(used: Services, *, demo: bool) -> None:
    """Migrations, demo data (never in production) for a database that had none yet, and static files."""
    checkout = used.checkout
    freshness.unless_unchanged(
        checkout,
        "migrations",
        lambda: freshness.of_database(used),
        lambda: manage(checkout, "Database migrations", "migrate", "--no-input"),
    )
    _bring_demo_up_to_date(used, wanted=demo)
    freshness.unless_unchanged(
        checkout,
        "static",
        lambda: freshness.of_static_files(checkout),
        lambda: manage(checkout, "Static files", "collectstatic", "--no-input"),
    )


def _bring_demo_up_to_date(used: Services, *, wanted: bool) -> None:
    """Loaded once, so that what somebody cleared stays away; its pictures follow the platform to another address."""
    checkout, marker = used.checkout, _demo_marker(used)
    base = presence.public_base(checkout)
    production = local_env.effective(checkout, "ENVIRONMENT") == "production"
    if marker.exists() and marker.read_text(encoding="utf-8") != base:
        manage(checkout, "Addresses of the demo data", "load_demo", "--addresses")
    elif not marker.exists() and wanted and not production:
        manage(checkout, "Demo data", "load_demo")
    else:
        return
    marker.write_text(base, encoding="utf-8")


def _demo_marker(used: Services) -> Path:
    """Stands for 'this database has its demo data' and holds the base of its addresses.

    It is written after the load, so a broken load is repeated.
    """
    given = local_env.given(used.checkout, "DATABASE_URL")
    name = hashlib.sha256(given.encode()).hexdigest()[:10] if given else "own"
    return used.checkout.done / f"demo-{name}"


def serve(checkout: Checkout) -> NoReturn:
    """Run the Procfile until somebody interrupts. Raises Failure when one of its processes ends by itself."""
    _insist_on_no_listener(_port(checkout))
    log = checkout.log("processes")
    ended = threading.Event()
    with log.open("wb") as output:
        honcho = subprocess.Popen(
            [python_env.program(checkout, "honcho"), "start", "--env", os.devnull, "--port", str(_port(checkout))],
            cwd=checkout.root,
            env=python_env.environment(checkout) | {"PORT": str(_port(checkout))},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    reader = threading.Thread(target=console.read_aloud, args=(log, ended), daemon=True)
    try:
        presence.remember(checkout, processes=honcho.pid, port=_port(checkout))
        _wait_until_ready(checkout, honcho, log)
        _welcome(checkout)
        presence.remember(checkout, state="ready")
        reader.start()
        code = honcho.wait()
    finally:
        _end(honcho)
        ended.set()
        if reader.is_alive():
            reader.join()
    raise Failure(f"A process ended (code {code}), so all of Ghar was stopped.", "Its log says why.", log)


def _insist_on_no_listener(port: int) -> None:
    """A program that is no checkout may have begun to listen on the port since it was chosen."""
    if not ports.can_be_listened_on(port):
        raise Failure(f"Another program began to listen on port {port} meanwhile.", "Run bin/ghar up again.")


def _port(checkout: Checkout) -> int:
    return int(local_env.effective(checkout, "PORT"))


def _wait_until_ready(checkout: Checkout, honcho: subprocess.Popen[bytes], log: Path) -> None:
    with console.step("Web, workers") as step:
        step.log = log
        deadline = time.monotonic() + READY_SECONDS
        while not presence.is_ready(checkout):
            if honcho.poll() is not None:
                raise Failure("A process of the platform ended while starting.", "Its last words are above.", log)
            if time.monotonic() > deadline:
                status, body = presence.health(checkout)
                raise Failure(
                    f"/health/ready did not answer 200 within {READY_SECONDS} s; it answers {status}: {body[:300]}",
                    "Run bin/ghar doctor, and read the log.",
                    log,
                )
            time.sleep(0.1)
        step.note = presence.base_url(checkout)


def welcome(checkout: Checkout) -> int:
    """Print the table of URLs and demo sign-ins; answers the command's exit code."""
    command = [python_env.program(checkout, "python"), "manage.py", "welcome", "--base", presence.base_url(checkout)]
    return subprocess.run(command, cwd=checkout.root, env=python_env.environment(checkout), check=False).returncode


def _welcome(checkout: Checkout) -> None:
    console.say()
    if welcome(checkout):
        console.say(
            f"{console.warning()} The table of addresses could not be made; Ghar is at {presence.base_url(checkout)}"
        )
    console.say("\nCtrl-C stops it." if sys.stdin.isatty() else "\nbin/ghar down stops it.")


def _end(honcho: subprocess.Popen[bytes]) -> None:
    """Ask the processes to end and wait for them; only those that do not listen are killed."""
    if honcho.poll() is not None:
        return
    with console.step("Stop web and workers"):
        honcho.send_signal(signal.SIGTERM)
        try:
            honcho.wait(presence.STOP_SECONDS)
        except subprocess.TimeoutExpired:
            honcho.kill()
            honcho.wait()


def detach(checkout: Checkout, options: Sequence[str]) -> int:
    """Start `up` in a session of its own and read its log aloud until it is ready or has failed."""
    log = checkout.log("up")
    with log.open("wb") as output:
        child = subprocess.Popen(
            [sys.executable, checkout.root / "bin" / "ghar", "up", *options],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    with log.open(encoding="utf-8", errors="replace") as lines:
        while child.poll() is None and not _says_ready(checkout, child.pid):
            console.echo(lines.read())
            time.sleep(0.1)
        console.echo(lines.read())
    return child.poll() or 0


def _says_ready(checkout: Checkout, pid: int) -> bool:
    note = presence.recall(checkout)
    return note.get("pid") == pid and note.get("state") == "ready"


def bring_down(used: Services) -> bool:
    """Stop the `up` of this checkout, whatever a crashed one left behind, and the services; was any of it running?"""
    checkout = used.checkout
    note = presence.recall(checkout)
    was_up = presence.is_up(checkout) and bool(note)
    if was_up:
        with console.step("Stop bin/ghar up"):
            presence.tell(int(str(note["pid"])), signal.SIGTERM)
            _wait_for_end_of_up(checkout)
    else:
        was_up = presence.end_leftovers(checkout)
    with services.alone(checkout):
        return services.stop(used) or was_up


def _wait_for_end_of_up(checkout: Checkout) -> None:
    deadline = time.monotonic() + 2 * presence.STOP_SECONDS
    while presence.is_up(checkout):
        if time.monotonic() > deadline:
            raise Failure("bin/ghar up does not end.", "See bin/ghar status.", checkout.log("processes"))
        time.sleep(0.1)
