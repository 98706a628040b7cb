"""The machinery of `bin/ghar` is tested without Django: on throw-away checkouts, with real servers."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops import postgres, redis_server
from ops.checkout import Checkout

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def clean_redis() -> None:
    """Stands in for the fixture of the same name: nothing here uses the project's Redis."""


@pytest.fixture(autouse=True)
def no_given_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A throw-away checkout has nothing given to it; the variables of the test run are not its own."""
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PORT", "PUBLIC_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ENVIRONMENT", "test")


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    """An empty checkout; whatever servers a test left running in it are stopped and deleted."""
    empty = Checkout(tmp_path / "checkout")
    empty.root.mkdir()
    empty.make_directories()
    yield empty
    redis_server.destroy(redis_server.Server(empty))
    if postgres.exists(postgres.Cluster(empty)):
        postgres.destroy(postgres.Cluster(empty))


@pytest.fixture
def real_bin(checkout: Checkout) -> Checkout:
    """A throw-away checkout with this project's command and virtual environment in it."""
    shutil.copytree(ROOT / "bin", checkout.root / "bin")
    shutil.copytree(ROOT / "ops", checkout.root / "ops", ignore=shutil.ignore_patterns("__pycache__"))
    checkout.venv.symlink_to(ROOT / ".venv")
    return checkout
