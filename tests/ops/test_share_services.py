"""Services run while somebody uses them: the last one to leave stops them, and a crashed user does not count."""

import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from ops import redis_server, services
from ops.checkout import Checkout
from ops.services import Services
from tests.ops.conftest import ROOT

pytestmark = pytest.mark.skipif(not shutil.which("redis-server"), reason="this machine uses a given Redis")

NEIGHBOUR = """
import sys
from pathlib import Path
from ops import services
from ops.checkout import Checkout
with services.in_use(services.Services(Checkout(Path(sys.argv[1])))):
    print("using", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def used(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Only Redis is the checkout's own here; a database is given and therefore nobody's business."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("DATABASE_URL", f"postgres://theirs@127.0.0.1:{server.getsockname()[1]}/theirs")
        yield Services(checkout)


def _neighbour(used: Services) -> subprocess.Popen[str]:
    neighbour = subprocess.Popen(
        [sys.executable, "-c", NEIGHBOUR, used.checkout.root],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert neighbour.stdout
    while neighbour.stdout.readline().strip() != "using":
        assert neighbour.poll() is None
    return neighbour


def test_they_run_inside_the_block_only(used: Services) -> None:
    with services.in_use(used):
        assert redis_server.is_running(used.redis)
    assert not redis_server.is_running(used.redis)


def test_a_failing_user_leaves_nothing_running(used: Services) -> None:
    with pytest.raises(RuntimeError), services.in_use(used):
        raise RuntimeError
    assert not redis_server.is_running(used.redis)


def test_they_stay_for_the_others(used: Services) -> None:
    with _neighbour(used) as neighbour:
        with services.in_use(used):
            pass
        assert redis_server.is_running(used.redis)
        neighbour.communicate()
    assert not redis_server.is_running(used.redis)


def test_a_crashed_user_does_not_keep_them(used: Services) -> None:
    with _neighbour(used) as neighbour:
        neighbour.send_signal(signal.SIGKILL)
        neighbour.wait()
        assert redis_server.is_running(used.redis)
        with services.in_use(used):
            pass
    assert not redis_server.is_running(used.redis)
