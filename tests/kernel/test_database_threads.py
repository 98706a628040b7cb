"""Asynchronous code reaches the database through a bounded number of threads that give their connections back."""

import asyncio
import threading

import pytest
from django.db import connection

from ghar.db import threads
from ghar.db.threads import in_database
from ghar.errors import Unavailable
from ghar.threads import ThreadPool
from tests.kernel.asgi.live import until


@pytest.fixture
def pool(monkeypatch, db):
    """A pool of this test's own, so that its threads begin and end here."""

    def own(size, **options):
        made = ThreadPool(size, name="test", **{"waiting": 100, "idle": threads.connections.close_all, **options})
        monkeypatch.setattr(threads, "_pool", lambda: made)
        return made

    return own


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def others() -> int:
    """Connections of this database besides the test's own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def test_at_most_so_many_connections_are_used_at_once(pool):
    made = pool(3)

    async def many():
        pids = await asyncio.gather(*(in_database(backend) for _ in range(50)))
        await made.close(5)
        return set(pids)

    assert 1 <= len(asyncio.run(many())) <= 3


def test_a_thread_without_work_gives_its_connection_back(pool):
    made = pool(3, idle_after=0.05)
    before = others()

    async def work():
        await asyncio.gather(*(in_database(backend) for _ in range(9)))

    asyncio.run(work())
    until(lambda: others() == before)
    asyncio.run(made.close(5))


def test_arguments_results_and_failures_cross(pool):
    made = pool(1)

    def divide(number, *, by):
        return number / by

    async def work():
        assert await in_database(divide, 6, by=3) == 2
        with pytest.raises(ZeroDivisionError):
            await in_database(divide, 6, by=0)
        await made.close(5)

    asyncio.run(work())


def test_work_beyond_the_line_is_refused(pool):
    made = pool(1, waiting=1)
    gate = threading.Event()

    async def work():
        busy = [asyncio.ensure_future(in_database(gate.wait, 10)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Unavailable):
            await in_database(backend)
        gate.set()
        assert await asyncio.gather(*busy) == [True, True]
        await made.close(5)

    asyncio.run(work())
