"""The search as a client sees it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.client import Client

LIST = "/api/v1/properties"


@pytest.fixture
def search(api: Client) -> Callable[..., dict[str, Any]]:
    """Search with parameters; answers the page."""

    def run(client: Client = api, **params: Any) -> dict[str, Any]:
        answer = client.get(LIST, params)
        assert answer.status_code == 200, answer.content
        page: dict[str, Any] = answer.json()
        return page

    return run


@pytest.fixture
def found(search: Callable[..., dict[str, Any]]) -> Callable[..., list[int]]:
    """Search with parameters; answers the ids in order."""
    return lambda *args, **params: [item["id"] for item in search(*args, **params)["items"]]
