"""First pages that everybody may see, kept for a while and forgotten together when a listing changes.

Pages are kept under the name of the present time between two changes. Whoever began to read before a change keeps
their page under a name that nobody asks for any more, so an old state is never put back.
"""

from typing import cast
from uuid import uuid4

from redis.exceptions import RedisError

from ghar.shared_redis import redis_client, redis_is_resting, rest_redis

KEEP_S = 300
_PRESENT = "ghar:discovery:pages:present"


def system_present() -> str | None:
    """The name of the time between two changes, to be asked for before reading; None while Redis is away."""
    if redis_is_resting():
        return None
    try:
        name = cast("bytes | None", redis_client().get(_PRESENT))
    except RedisError as fault:
        rest_redis(fault)
        return None
    return name.decode() if name else "first"


def system_find(present: str | None, page: str) -> bytes | None:
    """The page, when it was kept in that time."""
    if present is None or redis_is_resting():
        return None
    try:
        return cast("bytes | None", redis_client().get(_key(present, page)))
    except RedisError as fault:
        rest_redis(fault)
        return None


def system_keep(present: str | None, page: str, body: bytes) -> None:
    """Keep a page that was read in that time."""
    if present is None or redis_is_resting():
        return
    try:
        redis_client().set(_key(present, page), body, ex=KEEP_S)
    except RedisError as fault:
        rest_redis(fault)


def system_forget() -> None:
    """A listing changed: another time begins. Without Redis nothing is found either, and what it kept runs out."""
    try:
        redis_client().set(_PRESENT, uuid4().hex)
    except RedisError as fault:
        rest_redis(fault)


def _key(present: str, page: str) -> str:
    return f"ghar:discovery:pages:{present}:{page}"
