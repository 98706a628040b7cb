"""The identity protocol as a client sees it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

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
