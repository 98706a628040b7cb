"""The application as a server calls it, inside a test's transaction."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.studio.provider_double import Provider


@pytest.fixture
def app() -> Iterator[WSGIHandler]:
    """The application; it keeps the test's connection, with the transaction that it is in."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(scope="session")
def painter() -> Iterator[Provider]:
    """An image provider that answers at once."""
    double = Provider()
    yield double
    double.stop()


@pytest.fixture(autouse=True)
def studio(settings: Any, painter: Provider, tmp_path: Path) -> None:
    """Without a provider the studio would refuse everything; what is kept goes into folders of the test's own."""
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "public", tmp_path / "private"
    settings.STUDIO_API_KEY, settings.STUDIO_API_BASE = "key-of-the-studio", painter.base
