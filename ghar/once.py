"""A lock that lets one process at a time do a thing, for as long as it may take at most.

The lock is a convenience, not a promise: when Redis is away or has forgotten it, two may run at once. What uses it
must therefore stay right when it runs twice.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from redis.exceptions import RedisError

from ghar.shared_redis import redis_client, rest_redis

log = structlog.get_logger(__name__)

# KEYS[1] the lock; ARGV: token, milliseconds. The same token may take its lock again: that is a run that died.
_TAKE = """
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
"""
_GIVE_BACK = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


class Held(Exception):
    """Somebody else has the lock."""


@contextmanager
def only_one(name: str, *, token: str, seconds: int) -> Iterator[None]:
    """Have the lock of that name inside the block, `seconds` at most. Raises Held."""
    key = f"ghar:once:{name}"
    if not _ask(_TAKE, key, token, seconds * 1000, otherwise=1):
        raise Held(name)
    try:
        yield
    finally:
        _ask(_GIVE_BACK, key, token, otherwise=0)


def _ask(script: str, key: str, *arguments: str | int, otherwise: int) -> int:
    """What Redis answers, or `otherwise` while it is away."""
    try:
        return int(redis_client().eval(script, 1, key, *arguments))
    except RedisError as fault:
        rest_redis(fault)
        return otherwise
