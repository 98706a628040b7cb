from collections.abc import Iterator

import pytest

from tests.kernel.asgi.live import SERVERS, Server


@pytest.fixture(scope="session", params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """The same application under each server in turn."""
    with Server(request.param) as running:
        yield running


@pytest.fixture(autouse=True)
def _forget_events(request: pytest.FixtureRequest) -> None:
    if "server" in request.fixturenames:
        request.getfixturevalue("server").events()


@pytest.fixture(autouse=True)
def clean_redis() -> None:
    """Nothing here touches Redis."""
