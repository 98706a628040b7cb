"""A slow tool tells how far it is; one whose client has left stops and leaves nothing half written."""

import asyncio

import pytest
from django.db import connection

from apps.support.models import FAQ
from tests.journeys import live
from tests.kernel.asgi.live import until
from tests.mcp.conftest import committed, talk

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
MODES = ("legacy", "auto")
FOR_EVER = 100_000


@pytest.fixture(scope="module")
def slow(cast):
    with live.server(application="tests.mcp.slow_catalogue:application", RATE_LIMITS="mcp=2000/60") as url:
        yield url


@pytest.mark.parametrize("mode", MODES)
def test_each_step_is_told_before_the_result(slow, mode):
    told = []

    async def note(done, total, message):
        told.append((done, total, message))

    async def call(client):
        result = await client.call_tool("slow_read", {"steps": 3}, progress_callback=note)
        return result, list(told)

    result, told_before = talk(f"{slow}/mcp", call, mode=mode)
    assert result.structured_content == {"steps": 3}
    assert told_before == [(1, 3, "Step 1"), (2, 3, "Step 2"), (3, 3, "Step 3")]


@pytest.mark.parametrize("mode", MODES)
def test_nothing_is_left_of_what_was_cancelled(slow, mode):
    async def leave(client):
        begun = asyncio.Event()

        async def note(done, total, message):
            begun.set()

        calling = asyncio.create_task(client.call_tool("slow_write", {"steps": FOR_EVER}, progress_callback=note))
        await begun.wait()
        calling.cancel()
        await asyncio.wait([calling])

    talk(f"{slow}/mcp", leave, mode=mode)
    until(lambda: committed(transactions) == 0)
    assert committed(FAQ.objects.count) == 0


def transactions():
    """Transactions of others that are open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL "
            "AND pid <> pg_backend_pid() AND query LIKE '%faqs%'"
        )
        return cursor.fetchone()[0]
