"""The search as a client sees it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ghar.embedding import port, queries
from tests.properties import embedding
from tests.support.client import Client
from tests.support.vectors import Provider

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


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """Listings are embedded by a provider of vectors with three numbers, which keeps what it was asked."""
    double = Provider()
    double.answer = embedding.answer
    settings.EMBEDDER, settings.EMBEDDING_API_BASE, settings.EMBEDDING_DIMENSIONS = "openai", double.base, 3
    with _chosen():
        yield double
    double.stop()


@pytest.fixture
def lexical(settings: Any) -> Iterator[None]:
    """Listings are embedded by words."""
    settings.EMBEDDER = "lexical"
    with _chosen():
        yield


@contextmanager
def _chosen() -> Iterator[None]:
    """The embedder that the settings name now, and what they name before and after."""
    port.forget()
    queries.forget()
    yield
    port.forget()
    queries.forget()
