"""`.venv` is renewed when its lock file changed, and left alone when it belongs to another checkout."""

import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from ops import python_env
from ops.checkout import Checkout
from ops.console import Failure, Step

OURS = Path(__file__).resolve().parents[2] / python_env.REQUIREMENTS


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


def test_a_link_that_works_is_borrowed(locked: Checkout) -> None:
    locked.venv.symlink_to(Path(sys.prefix))
    assert python_env.is_borrowed(locked)


def test_a_link_that_leads_nowhere_is_replaced(locked: Checkout) -> None:
    locked.venv.symlink_to(locked.venv)
    assert not python_env.is_borrowed(locked)
    python_env.ensure(locked, Step("Python packages"))
    assert not locked.venv.is_symlink()
    assert python_env.is_current(locked)


@pytest.fixture(scope="module")
def empty_venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with nothing but pip: to make one takes longer than all that is asked of it here."""
    path = tmp_path_factory.mktemp("made") / "venv"
    subprocess.run([sys.executable, "-m", "venv", path], check=True)
    return path


@pytest.fixture
def made(locked: Checkout, empty_venv: Path) -> Checkout:
    """A checkout whose virtual environment is there already."""
    copytree(empty_venv, locked.venv, symlinks=True)
    return locked


@pytest.fixture
def small(made: Checkout) -> Checkout:
    """It asks for uv and one package more, as this checkout's own lock has them."""
    pinned = (python_env.pinned(OURS, name) for name in ("uv", "honcho"))
    (made.root / python_env.REQUIREMENTS).write_text("".join(pinned))
    return made


def test_a_package_without_its_hash_is_refused(made: Checkout) -> None:
    (made.root / python_env.REQUIREMENTS).write_text("honcho==2.0.0\n")
    with pytest.raises(Failure, match="ended with code"):
        python_env.ensure(made, Step("Python packages"))
    assert "hash" in made.log("python").read_text().lower()
    assert not python_env.is_current(made)


def test_the_uv_of_the_lock_installs_the_rest(small: Checkout) -> None:
    python_env.ensure(small, Step("Python packages"))
    assert python_env.is_current(small)
    assert Path(python_env.program(small, "honcho")).exists()
    assert "uv pip install" in small.log("python").read_text()


def test_pip_does_where_uv_finds_no_registry(small: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:1/simple")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.setenv("UV_NO_CACHE", "1")
    step = Step("Python packages")
    python_env.ensure(small, step)
    assert Path(python_env.program(small, "honcho")).exists()
    assert step.note.startswith("uv could not")


def test_the_registry_of_pips_settings_is_handed_on(locked: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    locked.venv.symlink_to(Path(sys.prefix))
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(locked.var / "pip.conf"))
    assert python_env.registry(locked) == {}
    (locked.var / "pip.conf").write_text("[global]\nindex-url = https://registry.example/of-the-file/\n")
    assert python_env.registry(locked) == {"UV_DEFAULT_INDEX": "https://registry.example/of-the-file/"}
    monkeypatch.setenv("PIP_INDEX_URL", "https://registry.example/of-the-shell/")
    assert python_env.registry(locked) == {"UV_DEFAULT_INDEX": "https://registry.example/of-the-shell/"}
