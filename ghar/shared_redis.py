"""Redis: the shared client, and a rest after each fault, so that an outage costs microseconds, not timeouts."""

import time
from functools import cache

import redis
import structlog
from django.conf import settings

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
