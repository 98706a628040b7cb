"""The identity protocol as a client sees it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from apps.identity.gateways import google as gateway
from tests.identity.google_double import CLIENT_ID, SECRET, Google
from tests.identity.wire import Wire


@pytest.fixture
def wire(db: None) -> Wire:
    """A client of `/auth/v1` that asks for string error codes."""
    return Wire(APIClient())


@pytest.fixture
def at_once() -> Callable[[list[Callable[[], Any]]], list[Any]]:
    """Runs calls in threads of their own, each with its own connection, and gives their answers in order."""

    def run(calls: list[Callable[[], Any]]) -> list[Any]:
        def isolated(call: Callable[[], Any]) -> Any:
            try:
                return call()
            finally:
                connection.close()

        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(isolated, calls))

    return run


@pytest.fixture
def google(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Google]:
    """Google behind its gateway, with this deployment as its client."""
    server = Google()
    settings.GOOGLE_WEB_CLIENT_ID, settings.GOOGLE_CLIENT_SECRET = CLIENT_ID, SECRET
    monkeypatch.setattr(gateway, "TOKEN_URL", f"{server.base}/token")
    monkeypatch.setattr(gateway, "CERTS_URL", f"{server.base}/certs")
    yield server
    server.stop()
