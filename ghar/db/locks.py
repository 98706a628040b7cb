"""Named locks of the current transaction, for what no row exists to lock yet."""

from django.db import connection


def hold(name: str) -> None:
    """Wait for the lock of that name and keep it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
