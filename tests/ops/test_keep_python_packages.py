"""`.venv` is renewed when its lock file changed, and left alone when it belongs to another checkout."""

import sys
from pathlib import Path

import pytest

from ops import python_env
from ops.checkout import Checkout
from ops.console import Failure, Step


@pytest.fixture
def locked(checkout: Checkout) -> Checkout:
    """A checkout that asks for no package at all."""
    path = checkout.root / python_env.REQUIREMENTS
    path.parent.mkdir()
    path.write_text("# nothing\n")
    return checkout


def test_it_is_made_once_and_renewed_when_the_lock_changes(locked: Checkout) -> None:
    assert not python_env.is_current(locked)
    python_env.ensure(locked, Step("Python packages"))
    assert python_env.is_current(locked)
    (locked.root / python_env.REQUIREMENTS).write_text("# nothing, said otherwise\n")
    assert not python_env.is_current(locked)


def test_a_package_without_its_hash_is_refused(locked: Checkout) -> None:
    (locked.root / python_env.REQUIREMENTS).write_text("honcho==2.0.0\n")
    with pytest.raises(Failure, match="ended with code"):
        python_env.ensure(locked, Step("Python packages"))
    assert "hash" in locked.log("python").read_text().lower()
    assert not python_env.is_current(locked)


def test_a_link_that_works_is_borrowed(locked: Checkout) -> None:
    locked.venv.symlink_to(Path(sys.prefix))
    assert python_env.is_borrowed(locked)


def test_a_link_that_leads_nowhere_is_replaced(locked: Checkout) -> None:
    locked.venv.symlink_to(locked.venv)
    assert not python_env.is_borrowed(locked)
    python_env.ensure(locked, Step("Python packages"))
    assert not locked.venv.is_symlink()
    assert python_env.is_current(locked)
