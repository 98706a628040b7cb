"""Whether this checkout is up: the claim of the one `up`, what it wrote down, and how healthy it is."""

import fcntl
import http.client
import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ops import console, local_env
from ops.checkout import Checkout
from ops.console import Failure

DEFAULT_PORT = 3600
STOP_SECONDS = 30


def base_url(checkout: Checkout) -> str:
    """Where Ghar serves on this machine, or would."""
    return f"http://127.0.0.1:{port(checkout) or DEFAULT_PORT}"


def port(checkout: Checkout) -> str:
    """The port of the `up` under way, which may have been given to it alone, else the chosen one; empty before that."""
    return str(recall(checkout).get("port") or local_env.effective(checkout, "PORT"))


def public_base(checkout: Checkout) -> str:
    """PUBLIC_BASE_URL as the project sees it: the given one, else the local address; empty before a port is chosen."""
    return local_env.given(checkout, "PUBLIC_BASE_URL") or (base_url(checkout) if port(checkout) else "")


def is_up(checkout: Checkout) -> bool:
    """Whether a `bin/ghar up` of this checkout is under way, starting or serving."""
    with _up_lock(checkout).open("a") as lock, suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return False
    return True


def is_ready(checkout: Checkout) -> bool:
    return health(checkout)[0] == http.client.OK


def health(checkout: Checkout) -> tuple[int, str]:
    """Status and body of /health/ready; status 0 and the reason when nobody answers."""
    line = http.client.HTTPConnection("127.0.0.1", int(base_url(checkout).rpartition(":")[2]), timeout=5)
    try:
        line.request("GET", "/health/ready")
        answer = line.getresponse()
        return answer.status, answer.read(2_000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        return 0, str(error)
    finally:
        line.close()


@contextmanager
def claim(checkout: Checkout) -> Iterator[None]:
    """Be the one `up` of this checkout; the claim ends with the process, however it ends."""
    checkout.make_directories()
    with _up_lock(checkout).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Failure("Another bin/ghar up of this checkout is starting.", "See bin/ghar status.") from error
        end_leftovers(checkout)
        remember(checkout, state="starting")
        try:
            yield
        finally:
            _up_note(checkout).unlink(missing_ok=True)


def _up_lock(checkout: Checkout) -> Path:
    checkout.run.mkdir(parents=True, exist_ok=True)
    return checkout.run / "up.lock"


def _up_note(checkout: Checkout) -> Path:
    return checkout.run / "up.json"


def remember(checkout: Checkout, **facts: object) -> None:
    fresh = _up_note(checkout).with_suffix(".new")
    fresh.write_text(json.dumps(recall(checkout) | {"pid": os.getpid()} | facts), encoding="utf-8")
    fresh.replace(_up_note(checkout))


def recall(checkout: Checkout) -> dict[str, object]:
    """What the current or the last `up` wrote down: pid, state, and the processes' group."""
    with suppress(FileNotFoundError):
        return dict(json.loads(_up_note(checkout).read_text(encoding="utf-8")))
    return {}


def end_leftovers(checkout: Checkout) -> bool:
    """End the processes of an `up` that was killed before it could do so itself; were there any?"""
    pid = int(str(recall(checkout).get("processes", 0)))
    found = _is_ours(checkout, pid)
    if found:
        with console.step("Stop what a killed up left behind"):
            tell(pid, signal.SIGTERM)
            deadline = time.monotonic() + STOP_SECONDS
            while _is_ours(checkout, pid) and time.monotonic() < deadline:
                time.sleep(0.1)
    _up_note(checkout).unlink(missing_ok=True)
    return found


def _is_ours(checkout: Checkout, pid: int) -> bool:
    """Whether this process works in this checkout; a number from before a crash may by now be anybody's."""
    with suppress(OSError):
        return pid > 0 and Path(f"/proc/{pid}/cwd").readlink() == checkout.root
    return False


def tell(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)
