"""How many SQL statements a request takes, as PostgreSQL itself counts them."""

from collections.abc import Callable
from typing import Any

import psycopg

_COUNT = r"""
SELECT i.dealloc, coalesce(sum(s.calls), 0)::bigint FROM pg_stat_statements_info i
LEFT JOIN (pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid)
  ON d.datname = current_database() AND s.query NOT LIKE '%pg\_stat\_%'
GROUP BY i.dealloc
"""
TRIES = 5


class Counter:
    """Counts the statements of one database."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def during(self, action: Callable[[], int]) -> float | None:
        """Statements for each of the things that an action says it did.

        The view holds a limited number of statements of the whole server and forgets the rarest, so a count is
        repeated when it forgot some meanwhile. None when it does so all the time, or is not loaded.
        """
        for _ in range(TRIES):
            before, done, after = self._now(), action(), self._now()
            if before is None or after is None:
                return None
            if before[0] == after[0]:
                return (after[1] - before[1]) / done
        return None

    def _now(self) -> tuple[int, int] | None:
        """How often statements were forgotten, and the calls until now; None without pg_stat_statements."""
        try:
            row = self._connection.execute(_COUNT).fetchone()
        except psycopg.errors.ObjectNotInPrerequisiteState:
            return None
        return (row[0], row[1]) if row else None
