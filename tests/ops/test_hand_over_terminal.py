"""A program that got the terminal decides itself what Ctrl-C means."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ops import shell
from ops.console import Failure
from tests.ops.conftest import ROOT

STUBBORN = """
import signal, sys
def explain(*_):
    sys.exit(7)
signal.signal(signal.SIGINT, explain)
print("listening", flush=True)
signal.pause()
"""
PARENT = """
import os, sys
from pathlib import Path
from ops import cli, shell
cli._listen_to_signals()
sys.exit(shell.hand_over([sys.executable, "-c", sys.argv[1]], Path.cwd(), os.environ))
"""


def test_an_interruption_is_the_programs_business() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, STUBBORN],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == "listening\n"
        os.killpg(parent.pid, signal.SIGINT)
        parent.communicate()
    assert parent.returncode == 7


def test_the_exit_code_is_passed_on() -> None:
    assert shell.hand_over(["sh", "-c", "exit 5"], ROOT, os.environ) == 5


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="no-such-program cannot be started: No such file"):
        shell.hand_over(["no-such-program"], tmp_path, os.environ)
