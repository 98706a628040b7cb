"""How often listings are looked at: counted in Redis, because a read writes no row, and stored by the minute.

A count is a courtesy: what Redis forgets is not counted, and what is looked at while it is away neither.
"""

from typing import Any, cast

from django.db import connection, transaction
from redis.exceptions import RedisError, ResponseError

from apps.properties.rules import visitors
from apps.properties.services import likes
from ghar import redis_line
from ghar.db import locks
from ghar.shared_redis import redis_client, redis_is_resting, rest_redis

_COUNTING, _STORING = "ghar:properties:views", "ghar:properties:views:storing"

_ADD = """
UPDATE properties SET view_count = view_count + seen.count
FROM unnest(%s::bigint[], %s::bigint[]) AS seen (id, count) WHERE properties.id = seen.id
"""


def system_count_view(property_id: int, user_agent: str) -> None:
    """Somebody looked at a listing; machines that fetch previews are nobody."""
    if visitors.is_machine(user_agent) or redis_is_resting():
        return
    try:
        redis_line.send("HINCRBY", _COUNTING, property_id, 1)
    except RedisError as fault:
        rest_redis(fault)


@transaction.atomic
def system_store_views() -> int:
    """Add what was counted to the listings, in one statement; answers of how many listings.

    What a run that died had taken is stored by the next one. `updated_at` stays, because looking changes nothing.
    """
    locks.hold("store views")
    client = redis_client()
    if not client.exists(_STORING) and not _take(client):
        return 0
    counted = cast("dict[bytes, bytes]", client.hgetall(_STORING))
    seen = sorted((int(property_id), int(count)) for property_id, count in counted.items())
    _add([property_id for property_id, _ in seen], [count for _, count in seen])
    client.delete(_STORING)
    return len(seen)


def _take(client: Any) -> bool:
    """Set aside what was counted so far, while counting begins anew; False when nobody looked at anything."""
    try:
        client.rename(_COUNTING, _STORING)
    except ResponseError:  # there is no such key
        return False
    return True


def _add(property_ids: list[int], counts: list[int]) -> None:
    likes.system_hold(property_ids)
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [property_ids, counts])
