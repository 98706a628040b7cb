"""How many SQL statements a request takes, as PostgreSQL itself counts them."""

from typing import Any

import psycopg

_COUNT = r"""
SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
WHERE d.datname = current_database() AND s.query NOT LIKE '%pg\_stat\_%'
"""


class Counter:
    """Counts the statements of one database."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def now(self) -> int | None:
        """Statements until now; None when the server does not load pg_stat_statements."""
        try:
            row = self._connection.execute(_COUNT).fetchone()
        except psycopg.errors.ObjectNotInPrerequisiteState:
            return None
        return int(row[0]) if row else None
