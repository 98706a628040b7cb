"""Named locks of the current transaction, for what no row exists to lock yet."""

from collections.abc import Collection

from django.db import connection


def hold(name: str) -> None:
    """Wait for the lock of that name and keep it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def hold_all(names: Collection[str]) -> None:
    """The same for several, in one statement and always in the same order, so that two who want some do not meet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(key) FROM "
            "(SELECT DISTINCT hashtextextended(name, 0) AS key FROM unnest(%s::text[]) name ORDER BY key) keys",
            [list(names)],
        )
