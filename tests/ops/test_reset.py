"""`reset` deletes this checkout's data, and only when somebody means it."""

import subprocess
import sys

import pytest

from ops.checkout import Checkout

SERVER_DATA = "redis/appendonlydir/kept"


@pytest.fixture
def filled(real_bin: Checkout) -> Checkout:
    (real_bin.var / SERVER_DATA).parent.mkdir(parents=True)
    (real_bin.var / SERVER_DATA).touch()
    (real_bin.done / "demo-own").touch()
    (real_bin.var / "media").mkdir()
    (real_bin.var / "media" / "roof.jpg").touch()
    real_bin.local_env.touch()
    return real_bin


def _reset(checkout: Checkout, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, checkout.root / "bin" / "ghar", "reset", *arguments]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def test_with_nobody_to_ask_it_deletes_nothing(filled: Checkout) -> None:
    answer = _reset(filled)
    assert answer.returncode == 1
    assert "bin/ghar reset --yes" in answer.stdout
    assert (filled.var / SERVER_DATA).exists()


def test_when_meant_it_deletes_what_the_checkout_remembers(filled: Checkout) -> None:
    assert _reset(filled, "--yes").returncode == 0
    assert [path.name for path in filled.var.iterdir()] == ["run"]
