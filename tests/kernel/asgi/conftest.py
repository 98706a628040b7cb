from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest

from tests.kernel.asgi.live import SERVERS, Server


@pytest.fixture(scope="session")
def running() -> Iterator[Callable[[str], Server]]:
    """The application under one kind of server, started when it is first asked for."""
    with ExitStack() as stack:
        yield cache(lambda kind: stack.enter_context(Server(kind)))


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, running: Callable[[str], Server]) -> Server:
    """The same application under each server in turn."""
    return running(request.param)


@pytest.fixture(autouse=True)
def _forget_events(request: pytest.FixtureRequest) -> None:
    if "server" in request.fixturenames:
        request.getfixturevalue("server").events()


@pytest.fixture(autouse=True)
def clean_redis() -> None:
    """Nothing here touches Redis."""
