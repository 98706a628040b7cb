"""Every test of this folder runs with each keeper: they must behave the same."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ghar.store import port
from ghar.store.in_lmdb import LmdbKeeper
from tests.kernel.store import other


@pytest.fixture(params=["redis", "lmdb"], autouse=True)
def keeper(request, settings, tmp_path: Path) -> Iterator[port.Keeper]:
    settings.STORE_BACKEND = request.param
    settings.STORE_PATH = tmp_path / "store"
    settings.TEMPORARY_ROOT = tmp_path / "temporary"
    port.keeper.cache_clear()
    yield port.keeper()
    if isinstance(made := port.keeper(), LmdbKeeper):
        made.close()
    port.keeper.cache_clear()


@pytest.fixture
def process(settings) -> Iterator[Callable[..., other.Process]]:
    """Start a function of `other` in a process of its own; what is left is killed."""
    started: list[other.Process] = []

    def start(*arguments: object) -> other.Process:
        started.append(other.Process(*arguments))
        return started[-1]

    yield start
    for one in started:
        one.kill()
