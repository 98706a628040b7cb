"""Embedders chosen by settings, and a provider on this machine."""

from collections.abc import Iterator
from typing import Any

import pytest

from ghar.embedding import port, providers, queries
from tests.support.vectors import Provider


@pytest.fixture(autouse=True)
def afresh() -> Iterator[None]:
    """No test embeds with what another chose."""
    port.forget()
    queries.forget()
    yield
    port.forget()
    queries.forget()


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider is asked again at once."""
    monkeypatch.setattr(providers, "WAITS_S", (0.0, 0.0))


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """A provider of vectors with three numbers."""
    double = Provider()
    settings.EMBEDDING_API_BASE = double.base
    settings.EMBEDDING_API_KEY = "the-key"
    settings.EMBEDDING_DIMENSIONS = 3
    yield double
    double.stop()
