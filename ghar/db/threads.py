"""The one way from asynchronous code to the database: a bounded pool of threads, one connection each.

A stream, a socket or a tool holds no connection. It hands a whole unit of work over, awaits the result, and the
connection is checked and its age looked at as after a request. A thread without work gives its connection back.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import close_old_connections, connections

from ghar.errors import Unavailable
from ghar.threads import PoolFull, ThreadPool

P = ParamSpec("P")
R = TypeVar("R")

WAITING = 1024
"""Units of work that may wait for a thread; the next one is refused."""
CLOSE_TIMEOUT = 2.0


@cache
def _pool() -> ThreadPool:
    return ThreadPool(settings.DB_THREADS, waiting=WAITING, name="database", idle=connections.close_all)


async def in_database(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run `work(*args, **kwargs)` in a thread that may use the ORM, and await what it returns or raises.

    One call is one unit of work: a transaction cannot span two. At most DB_THREADS run at once. Raises
    Unavailable (503) when more than `WAITING` wait.
    """
    try:
        return await _pool().call(_as_request, work, *args, **kwargs)
    except PoolFull as full:
        raise Unavailable("The server is busy. Please retry.") from full


def _as_request(work: Callable[..., R], *args: Any, **kwargs: Any) -> R:
    """What Django does around a request, which nobody does around other code."""
    close_old_connections()
    try:
        return work(*args, **kwargs)
    finally:
        close_old_connections()


@asynccontextmanager
async def running() -> AsyncIterator[None]:
    """The threads as a resource of the process: leaving it closes their connections."""
    yield
    await _pool().close(CLOSE_TIMEOUT)
