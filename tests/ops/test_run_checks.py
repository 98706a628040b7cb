"""The checks of the gate run side by side; what they say comes one after another, in the order of their list."""

from pathlib import Path

import pytest

from ops import checks
from ops.checkout import Checkout
from ops.checks import Check

ROOT = Path(__file__).resolve().parents[2]
MEET = """
import pathlib, sys, time
mine, other = map(pathlib.Path, sys.argv[1:])
mine.touch()
until = time.monotonic() + 60
while not other.exists():
    assert time.monotonic() < until, "nobody came"
    time.sleep(0.01)
"""


@pytest.fixture
def borrowing(checkout: Checkout) -> Checkout:
    """A throw-away checkout with the programs of this one."""
    checkout.venv.symlink_to(ROOT / ".venv")
    return checkout


def plant(monkeypatch: pytest.MonkeyPatch, **scripts: tuple[str, ...]) -> None:
    planted = tuple(Check(label, ("python", "-c", *script), f"Mend {label}.") for label, script in scripts.items())
    monkeypatch.setattr(checks, "CHECKS", planted)


def test_two_run_at_a_time(borrowing: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch, Floor=(MEET, "floor", "roof"), Roof=(MEET, "roof", "floor"))
    assert checks.run(borrowing, lambda: 0) == 0


def test_each_says_its_part_in_its_turn(
    borrowing: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    slow = "import time; time.sleep(0.3); print('the roof leaks'); raise SystemExit(1)"
    plant(monkeypatch, Roof=(slow,), Floor=("print('a floor')",), Door=("raise SystemExit('it sticks')",))
    assert checks.run(borrowing, lambda: 0) == 1
    shown = capsys.readouterr().out
    told = ("✗ Roof", "the roof leaks\n", "Mend Roof.", "✓ Floor", "✗ Door", "it sticks\n", "Mend Door.", "\nTests\n")
    places = [shown.index(words) for words in told]
    assert places == sorted(places)
    assert "a floor" not in shown
    assert shown.endswith("✗ Not passed: Roof, Door\n")


def test_tests_that_fail_fail_the_gate(borrowing: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch, Floor=("",))
    assert checks.run(borrowing, lambda: 5) == 1
