"""Telling people what happened. Called by event handlers and jobs, after the fact is in the database.

So nothing here may break the caller: while Redis is away an event is counted as lost, and clients find the fact
when they fetch again.
"""

from typing import Any

import orjson
import structlog
from prometheus_client import Counter
from redis.exceptions import RedisError

from ghar import clock
from ghar.realtime import entries, names
from ghar.shared_redis import redis_client, redis_is_resting, rest_redis

log = structlog.get_logger(__name__)

PUBLISHED = Counter("ghar_realtime_published_total", "Events for readers.", ["event", "outcome"])


def to_user(user_id: int, name: str, data: dict[str, Any], *, sent_at: str = "") -> str:
    """Tell a person, on every device. Gives the entry's id, or "" when Redis was away.

    `name` is declared in `names`; another raises LookupError. `data` becomes a JSON object. `sent_at` is an ISO time,
    now unless given.
    """
    return _append(entries.user_stream(user_id), name, {"data": orjson.dumps(data), "sent_at": sent_at})


def to_job(job_id: str, *, owner_id: int, data: dict[str, Any], name: str = names.JOB_UPDATE) -> str:
    """Tell how far a job is, to the one person it belongs to. Gives the entry's id, or "".

    Clients read `status`, `progress`, `result` and `error_message` in `data`. The first call, when the job is
    made, opens it to its owner's sockets.
    """
    fields = {"data": orjson.dumps(data), "sent_at": "", "owner": str(owner_id)}
    return _append(entries.job_stream(job_id), name, fields)


def end_readers(user_id: int) -> None:
    """Close every stream and socket of a person who may no longer read, for instance a suspended one.

    Who comes back is refused at the door; where Redis is away the readers stay until their tokens end.
    """
    try:
        redis_client().publish(entries.ended(), entries.user_stream(user_id))
    except RedisError as fault:
        rest_redis(fault)


def _append(stream: str, name: str, fields: dict[str, Any]) -> str:
    if not names.is_declared(name):
        raise LookupError(f"the event {name!r} is declared nowhere; see ghar.realtime.names")
    made = "" if redis_is_resting() else _write(stream, {"name": name, **fields})
    PUBLISHED.labels(name, "sent" if made else "lost").inc()
    if not made:
        log.warning("a realtime event is lost, since redis is away", stream=stream, name=name)
    return made


def _write(stream: str, fields: dict[str, Any]) -> str:
    """All of it or nothing."""
    try:
        with redis_client().pipeline(transaction=True) as commands:
            queue(commands, stream, fields)
            made: bytes = commands.execute()[0]
    except RedisError as fault:
        rest_redis(fault)
        return ""
    return made.decode()


def queue(commands: Any, stream: str, fields: dict[str, Any]) -> None:
    """Add the entry, its bound in time and the bell to a transaction, of the plain or the asynchronous client."""
    key = entries.key(stream)
    entry: Any = {**fields, "sent_at": fields["sent_at"] or clock.now().isoformat()}
    commands.xadd(key, entry, maxlen=entries.WINDOW, approximate=True)
    commands.expire(key, entries.KEEP_S)
    commands.publish(entries.bell(), stream)
