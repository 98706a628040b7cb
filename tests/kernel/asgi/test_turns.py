"""No thread of a process that serves is interrupted because another one of it has woken."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import processes
from ghar.asgi import turns
from ghar.lifespan import Lifespan, Resource
from tests.kernel.asgi.live import SERVERS, Server


def policies(pid: int) -> Iterator[int]:
    for thread in Path(f"/proc/{pid}/task").iterdir():
        yield os.sched_getscheduler(int(thread.name))


@pytest.mark.parametrize("kind", SERVERS)
def test_every_thread_of_a_server(kind: str) -> None:
    with Server(kind, "config.asgi:application") as server:
        assert server.get("/health").status == 200  # in a thread of the pool
        *_, worker = processes.tree(server.process.pid)
        found = list(policies(worker))
    assert len(found) > 2
    assert set(found) == {os.SCHED_BATCH}


def test_afterwards_it_is_as_before() -> None:
    async def serve() -> set[int]:
        lifespan = Lifespan([Resource("turns", turns.uninterrupted)])
        await lifespan.open()
        during = set(policies(os.getpid()))
        await lifespan.close()
        return during

    before = set(policies(os.getpid()))
    assert asyncio.run(serve()) == {os.SCHED_BATCH}
    assert set(policies(os.getpid())) == before


def test_a_system_that_forbids_it_is_served_all_the_same(monkeypatch, caplog) -> None:
    def forbid(*_: object) -> None:
        raise PermissionError("Operation not permitted")

    async def serve() -> None:
        async with turns.uninterrupted():
            pass

    monkeypatch.setattr(os, "sched_setscheduler", forbid)
    caplog.set_level("INFO")
    asyncio.run(serve())
    assert "take turns as usual" in caplog.text


def test_a_thread_of_another_policy_keeps_it(monkeypatch) -> None:
    async def serve() -> None:
        async with turns.uninterrupted():
            pass

    changed: list[object] = []
    monkeypatch.setattr(os, "sched_getscheduler", lambda _: os.SCHED_IDLE)
    monkeypatch.setattr(os, "sched_setscheduler", lambda *given: changed.append(given))
    asyncio.run(serve())
    assert changed == []
