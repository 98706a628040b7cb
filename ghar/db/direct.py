"""One statement straight through libpq, for reads whose answer is finished text.

A cursor waits for an answer in a loop that lets go of Python's lock for every few kilobytes that arrive. In a process
with several threads each of these is a fight for the lock, and a page of 100 KB has a dozen of them. Here the lock is
let go once: libpq sends a prepared statement, waits and collects the whole answer by itself. Values still travel as
parameters, adapted by psycopg.
"""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import count, repeat
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus

from ghar.db.backend.base import DatabaseWrapper

Row = tuple[Any, ...]

MOST_PREPARED = 200
_PLACE = re.compile(r"%\((\w+)\)s")
_numbers = count()
_TEXT_ARRAY = 1009
"""PostgreSQL's number for the type text[]."""


def rows(statement: str, params: Mapping[str, Any], *, prepare: bool = True) -> list[Row]:
    """The rows, each value as the bytes that PostgreSQL sent, None for NULL. Raises what a cursor would raise.

    A statement that is not prepared is planned for its very values.
    """
    database = _database()
    if _needs_a_cursor(database):
        return [
            tuple(None if text is None else text.encode() for text in row)
            for row in _by_cursor(database, statement, params)
        ]
    result = _result(database, statement, params, prepare)
    columns = [map(result.get_value, range(result.ntuples), repeat(column)) for column in range(result.nfields)]
    return list(zip(*columns, strict=True))


def values(statement: str, params: Mapping[str, Any]) -> list[Row]:
    """The rows as a cursor gives them: numbers, texts, times with Django's time zone, JSON as text."""
    database = _database()
    if _needs_a_cursor(database):
        return _by_cursor(database, statement, params)
    result = _result(database, statement, params, prepare=True)
    loading = Transformer(database.connection)
    loading.set_pgresult(result)
    return loading.load_rows(0, result.ntuples, tuple)


def _database() -> DatabaseWrapper:
    """Asked for once a statement: `django.db.connection` looks for it at every use."""
    database: DatabaseWrapper = connections[DEFAULT_DB_ALIAS]  # type: ignore[assignment]
    if database.connection is None:
        database.ensure_connection()
    return database


def _needs_a_cursor(database: DatabaseWrapper) -> bool:
    return database.in_atomic_block and _transaction_is_not_begun(database)


def _result(database: DatabaseWrapper, statement: str, params: Mapping[str, Any], prepare: bool) -> Any:
    began = time.monotonic()
    with database.wrap_database_errors:
        context = {"connection": database, "prepared": prepare}
        result = _wrapped(database, prepare)(statement, params, False, context)
    database.answered_at = time.monotonic()
    _note(database, statement, params, database.answered_at - began)
    return result


def _transaction_is_not_begun(database: DatabaseWrapper) -> bool:
    """psycopg begins a transaction with the first statement of a cursor; a statement past it would stand outside."""
    return bool(database.connection.pgconn.transaction_status == TransactionStatus.IDLE)


def _by_cursor(database: DatabaseWrapper, statement: str, params: Mapping[str, Any]) -> list[Row]:
    with database.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def _wrapped(database: DatabaseWrapper, prepare: bool) -> Callable[..., Any]:
    """`_run` within whatever is set around the statements of cursors (`connection.execute_wrapper`)."""
    execute: Callable[..., Any] = partial(_run, database, prepare)
    for wrapper in reversed(database.execute_wrappers):
        execute = partial(wrapper, execute)
    return execute


def _run(
    database: DatabaseWrapper, prepare: bool, statement: str, params: Mapping[str, Any], _many: bool, _context: Any
) -> Any:
    text, names = _numbered(statement)
    values, types, formats = _adapted(database, list(map(params.__getitem__, names)))
    if prepare and _may_prepare(database):
        return _run_prepared(database, text, types, values, formats)
    pgconn = database.connection.pgconn
    return _checked(pgconn, pgconn.exec_params(text.encode(), values, types, formats))


def _adapted(database: DatabaseWrapper, values: list[Any]) -> tuple[Sequence[Any], Sequence[int], Any]:
    """The values as PostgreSQL reads them, their types and formats."""
    adapted = Transformer(database.connection)
    arrays = [place for place, value in enumerate(values) if type(value) is list and {*map(type, value)} == {str}]
    for place in arrays:
        values[place] = _array_of(values[place])
    written = adapted.dump_sequence(values, [PyFormat.AUTO] * len(values))
    types = list(adapted.types or ())
    for place in arrays:
        types[place] = _TEXT_ARRAY
    return written, types, adapted.formats


def _array_of(texts: list[str]) -> str:
    """Texts as PostgreSQL writes an array of them. psycopg looks at each for its type, which takes twenty calls."""
    escaped = [text.replace("\\", "\\\\").replace('"', '\\"') for text in texts]
    return '{"' + '","'.join(escaped) + '"}'


def _may_prepare(database: DatabaseWrapper) -> bool:
    """Behind a pooler nothing prepared can be found again, and in a transaction a name that is gone would end it."""
    return database.connection.prepare_threshold is not None and not database.in_atomic_block


def _run_prepared(database: DatabaseWrapper, text: str, types: Sequence[int], values: Any, formats: Any) -> Any:
    """Run under a name. psycopg forgets all names, ours too, after a rollback; then they are given anew."""
    pgconn = database.connection.pgconn
    try:
        return _checked(pgconn, pgconn.exec_prepared(_name(database, text, types), values, formats))
    except psycopg.errors.InvalidSqlStatementName:
        database.prepared.clear()
        return _checked(pgconn, pgconn.exec_prepared(_name(database, text, types), values, formats))


@lru_cache(maxsize=2048)
def _numbered(statement: str) -> tuple[str, tuple[str, ...]]:
    """A statement with `$1` for its first name, and the names in the order of their numbers."""
    names = tuple(dict.fromkeys(_PLACE.findall(statement)))
    numbers = {name: f"${position}" for position, name in enumerate(names, start=1)}
    return _PLACE.sub(lambda place: numbers[place[1]], statement), names


def _name(database: DatabaseWrapper, text: str, types: Sequence[int]) -> bytes:
    """The name under which this connection has prepared a statement, preparing it when it has not."""
    prepared, pgconn = database.prepared, database.connection.pgconn
    key = (text, tuple(types))
    if key in prepared:
        prepared.move_to_end(key)
        return prepared[key]
    if len(prepared) >= MOST_PREPARED:
        _, oldest = prepared.popitem(last=False)
        _checked(pgconn, pgconn.exec_(b"DEALLOCATE " + oldest))
    name = f"direct_{next(_numbers)}".encode()
    _checked(pgconn, pgconn.prepare(name, text.encode(), types))
    prepared[key] = name
    return name


def _checked(pgconn: Any, result: Any) -> Any:
    if result.status in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        return result
    if pgconn.status != ConnStatus.OK:  # libpq gives a lost connection no error code
        raise psycopg.OperationalError(result.error_message.decode(errors="replace") or "the connection is lost")
    raise psycopg.errors.error_from_result(result, encoding="utf-8")


def _note(database: DatabaseWrapper, statement: str, params: Mapping[str, Any], seconds: float) -> None:
    """Keep the statement where Django keeps those of its cursors, for tests that count and for debugging."""
    if database.queries_logged:
        database.queries_log.append({"sql": f"{statement} {dict(params)}", "time": f"{seconds:.3f}"})
