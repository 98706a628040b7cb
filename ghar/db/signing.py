"""Who writes: a transaction that writes to a table with a history is signed, so that the database knows who it was.

The signature is a setting of the transaction, set once before its first such statement. Reading costs nothing, and
neither does writing to other tables.
"""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from psycopg.pq import TransactionStatus

from ghar.actors import Actor

_SIGN = "SELECT set_config('ghar.actor', %s, true)"
_WRITES = ("INSERT", "UPDATE", "DELETE", "WITH")
_kept: dict[str, re.Pattern[str]] = {}


def sign_writes_to(tables: Collection[str]) -> None:
    """Have writes to these tables signed. Whoever keeps their history says so once, while it is loaded."""
    names = "|".join(sorted(tables))
    _kept["tables"] = re.compile(rf'(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(?:{names})"?\s', re.IGNORECASE)


@contextmanager
def signed(actor: Actor) -> Iterator[None]:
    """Sign what is written inside as this actor's."""
    if "tables" not in _kept:
        yield
        return
    with connection.execute_wrapper(_Signature(actor)):
        yield


class _Signature:
    """Stands before every statement of a connection."""

    def __init__(self, actor: Actor) -> None:
        self._text = f"{actor.id or ''}:{actor.via}"
        self._is_there = False

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if self._is_lost(sql):
            self._is_there = False
        if self._is_there or not _is_kept(sql):
            return execute(sql, params, many, context)
        if connection.in_atomic_block:
            self._sign()
            return execute(sql, params, many, context)
        with transaction.atomic():
            self._sign()
            answer = execute(sql, params, many, context)
        self._is_there = False
        return answer

    def _is_lost(self, sql: Any) -> bool:
        """A new transaction has none, and going back to a savepoint may take it away."""
        begins = (
            connection.connection is None or connection.connection.info.transaction_status == TransactionStatus.IDLE
        )
        return begins or str(sql).startswith("ROLLBACK")

    def _sign(self) -> None:
        connection.ensure_connection()
        connection.connection.execute(_SIGN, [self._text])
        self._is_there = True


def _is_kept(sql: Any) -> bool:
    text = str(sql).lstrip()
    return text[:6].upper().startswith(_WRITES) and _kept["tables"].search(text) is not None
