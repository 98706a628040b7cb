"""Rankings that were found a moment ago, kept in Redis: many ask the same, and the first pages of it cost the most.

A ranking counts as long as no listing changed since, ten minutes at most. Without Redis each is found anew.
"""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, cast

import orjson
from redis.exceptions import RedisError

from apps.properties.selectors.ranked import Head
from ghar import redis_line
from ghar.shared_redis import redis_client, redis_is_resting, rest_redis

SECONDS = 600
_CHANGES = "ghar:properties:changes"


@dataclass(frozen=True)
class Found:
    """A ranking: its head, and what is told of it. It is `is_kept` unless something was away."""

    head: Head
    told: dict[str, Any]
    is_kept: bool = True


def find(asked: Any, otherwise: Callable[[], Found]) -> Found:
    """The ranking that was found before for the same question, or what `otherwise` finds now.

    `asked` is all that it depends on, as a plain value.
    """
    if redis_is_resting():
        return otherwise()
    key = f"ghar:properties:head:{hashlib.sha256(orjson.dumps(asked, default=str)).hexdigest()}"
    try:
        changes, kept = cast("list[bytes | None]", redis_line.command("MGET", _CHANGES, key))
    except RedisError as fault:
        rest_redis(fault)
        return otherwise()
    number = int(changes or 0)
    if kept is not None and (known := orjson.loads(kept))["changes"] == number:
        return Found(Head(**known["head"]), known["told"])
    found = otherwise()
    if found.is_kept:
        _keep(key, {"changes": number, "head": asdict(found.head), "told": found.told})
    return found


def _keep(key: str, value: dict[str, Any]) -> None:
    try:
        redis_client().set(key, orjson.dumps(value), ex=SECONDS)
    except RedisError as fault:
        rest_redis(fault)


def forget() -> None:
    """Listings changed: what was found before does not count any more."""
    if redis_is_resting():
        return
    try:
        redis_client().incr(_CHANGES)
    except RedisError as fault:
        rest_redis(fault)
