"""How many people like a listing: counted where the like is written, in the same transaction."""

from collections.abc import Collection, Mapping

from django.db import connection

_HOLD = "SELECT id FROM properties WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
_ADD = """
UPDATE properties SET like_count = greatest(0, like_count + more.count)
FROM unnest(%s::bigint[], %s::bigint[]) AS more (id, count) WHERE properties.id = more.id
"""


def system_hold(property_ids: Collection[int]) -> set[int]:
    """Lock these listings until the transaction ends, in the order in which everybody does; answers those there are."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [sorted(property_ids)])
        return {property_id for (property_id,) in cursor.fetchall()}


def system_add(changes: Mapping[int, int]) -> None:
    """Add to the counts of listings that are held. `updated_at` stays: nobody wrote the listing."""
    moved = {property_id: change for property_id, change in changes.items() if change}
    if moved:
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [list(moved), list(moved.values())])
