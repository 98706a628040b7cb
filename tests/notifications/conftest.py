"""Providers of the channels, each as a real server behind its gateway."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apps.notifications.services import delivering
from tests.notifications.fcm_double import FCM, PROJECT


@pytest.fixture(autouse=True)
def believed_providers() -> None:
    """No test is refused because another's provider failed."""
    for gateway in delivering.GATEWAYS.values():
        gateway.breaker.close()


@pytest.fixture
def fcm(settings: Any, tmp_path: Path) -> Iterator[FCM]:
    """FCM behind its gateway, for a project of this deployment's."""
    server = FCM()
    settings.FIREBASE_PROJECT_ID, settings.FCM_API_URL = PROJECT, server.base
    settings.GOOGLE_APPLICATION_CREDENTIALS = server.credentials(tmp_path)
    yield server
    server.stop()
