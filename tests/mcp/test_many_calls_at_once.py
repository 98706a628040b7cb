"""Many calls at once end without an error, over few connections, and leave none behind."""

import asyncio

import httpx2
import pytest
from django.conf import settings
from django.db import connection

from tests.kernel.asgi.live import PATIENCE_S, until
from tests.mcp.conftest import HEADERS

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
CALLS = 500
BODY = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "discovery_search", "arguments": {}}}


def connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return cursor.fetchone()[0]


def test_many_calls_at_once(base):
    async def everybody():
        limits = httpx2.Limits(max_connections=CALLS)
        async with httpx2.AsyncClient(limits=limits, timeout=PATIENCE_S, trust_env=False) as http:
            return await asyncio.gather(*(http.post(f"{base}/mcp", json=BODY, headers=HEADERS) for _ in range(CALLS)))

    before = connections()
    answers = asyncio.run(everybody())
    assert {answer.status_code for answer in answers} == {200}
    assert all('"isError":false' in answer.text for answer in answers)
    assert connections() <= before + settings.DB_THREADS
    until(lambda: connections() <= before)
