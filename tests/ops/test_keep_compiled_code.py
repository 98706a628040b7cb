"""What Python compiles is kept for the next process, whatever the shell says."""

import subprocess
import sys

import pytest

from ops import python_env
from ops.checkout import Checkout


def test_a_module_is_compiled_once(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    (checkout.root / "compiled.py").write_text("X = 1\n")
    environment = python_env.environment(checkout) | {"PYTHONPATH": str(checkout.root)}
    subprocess.run([sys.executable, "-c", "import compiled"], cwd=checkout.root, env=environment, check=True)
    assert list(checkout.root.glob("__pycache__/compiled.*.pyc"))
