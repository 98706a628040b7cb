"""Live servers and unmodified clients."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.journeys import live, node


@pytest.fixture(scope="session")
def node_packages() -> None:
    """The third-party clients are installed."""
    node.install()


@pytest.fixture
def base(transactional_db: None) -> Iterator[str]:
    """A live server's base URL, on this test's database."""
    with live.server() as url:
        yield url


@pytest.fixture
def supabase(base: str, node_packages: None) -> Iterator[node.Client]:
    """An unmodified supabase-js client of that server."""
    with node.supabase(base, settings.SUPABASE_PUBLISHABLE_KEY) as client:
        yield client
