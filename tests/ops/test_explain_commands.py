"""Every command explains itself; a wrong one is refused; an old Python is told so."""

import ast
import re
import subprocess
import sys

import pytest

from ops import cli
from tests.ops.conftest import ROOT

COMMANDS = cli.command_names()


def _ghar(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "bin" / "ghar", *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_explains_itself(name: str) -> None:
    answer = _ghar(name, "--help")
    assert answer.returncode == 0
    assert answer.stdout.startswith(f"usage: bin/ghar {name}")
    assert len(answer.stdout.splitlines()) > 3


def test_the_overview_names_every_command() -> None:
    overview = _ghar("--help").stdout
    assert all(f"    {name} " in overview for name in COMMANDS)


def test_the_guide_names_every_command() -> None:
    guide = (ROOT / "docs" / "guides" / "operate.md").read_text(encoding="utf-8")
    table = guide.partition("## Every command\n")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `([\w-]+)", table, re.MULTILINE)
    assert sorted(set(named)) == COMMANDS


def test_an_unknown_command_is_refused() -> None:
    answer = _ghar("fly")
    assert answer.returncode == 2
    assert "fly" in answer.stderr


def test_the_makefile_only_names_commands() -> None:
    names = (ROOT / "Makefile").read_text().partition(".PHONY:")[2].splitlines()[0].split()
    assert set(names) <= set(COMMANDS)


def test_an_old_python_can_read_the_command_and_is_told() -> None:
    source = (ROOT / "bin" / "ghar").read_text()
    ast.parse(source, feature_version=(3, 4))
    pretend = f"import sys; sys.version_info = (3, 9, 2); __file__ = 'ghar'; exec({source!r})"
    answer = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "Ghar needs Python 3.11 or newer; this is Python 3.9." in answer.stderr
