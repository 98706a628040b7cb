"""Redis: the shared client, a short way for what every request does, and a rest after each fault, so that an outage
costs microseconds, not timeouts."""

import os
import threading
import time
from functools import cache
from typing import Any

import redis
import structlog
from django.conf import settings
from redis.connection import ConnectionInterface
from redis.exceptions import ConnectionError as ConnectionLost
from redis.exceptions import ResponseError

log = structlog.get_logger(__name__)

TIMEOUT_S = 0.5
REST_S = 1.0

_resting_until = 0.0


@cache
def redis_client() -> redis.Redis:
    """The client of this process. Short timeouts: nothing that waits for it may wait long."""
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=TIMEOUT_S,
        socket_connect_timeout=TIMEOUT_S,
        health_check_interval=0,
    )


class _Own(threading.local):
    """What a thread has for itself: a connection, and the client whose address it goes to."""

    client: redis.Redis | None = None
    process = 0
    connection: ConnectionInterface


_own = _Own()


def redis_command(*words: bytes | str | int) -> Any:
    """One command over this thread's own connection; answers what Redis replied, texts as bytes. Raises RedisError.

    For what nearly every request does. Most of what the client itself costs is its pool: a connection is taken from
    it, looked at, measured and given back, two hundred calls around two of the system. A connection that was lost
    meanwhile is made anew and the command sent once more, so it must be one that may run twice.
    """
    connection = _own_connection()
    try:
        return _ask(connection, words)
    except ConnectionLost:
        return _ask(connection, words)


def _own_connection() -> ConnectionInterface:
    client, process = redis_client(), os.getpid()
    if _own.client is not client or _own.process != process:  # of another address, or of before a fork
        _own.connection = client.connection_pool.make_connection()
        _own.client, _own.process = client, process
    return _own.connection


def _ask(connection: ConnectionInterface, words: tuple[bytes | str | int, ...]) -> Any:
    try:
        connection.send_command(*words)
        return connection.read_response()
    except ResponseError:
        raise
    except BaseException:  # a reply that nobody read would answer the next command
        connection.disconnect()
        raise


def redis_is_resting() -> bool:
    """Did Redis fail within the last second?"""
    return time.monotonic() < _resting_until


def rest_redis(fault: Exception) -> None:
    """Note a fault; callers use what they have without Redis until the rest is over."""
    global _resting_until  # noqa: PLW0603 - one flag a process, written by whoever meets the fault
    _resting_until = time.monotonic() + REST_S
    log.warning("redis is away", error=str(fault))


def wake_redis() -> None:
    """End a rest early."""
    global _resting_until  # noqa: PLW0603
    _resting_until = 0.0
