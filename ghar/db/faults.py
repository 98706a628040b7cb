"""Which database faults pass by themselves, and what a caller is told about them."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from psycopg import errors as pg

from ghar.errors import Unavailable

P = ParamSpec("P")
R = TypeVar("R")

_EXHAUSTED = ("too many connections", "remaining connection slots", "max clients reached", "EMAXCONNSESSION")
_GONE = ("ECHECKOUTTIMEOUT", "EDBHANDLEREXITED", "connection to database closed")
_DROPPED = (
    pg.AdminShutdown, pg.CrashShutdown, pg.CannotConnectNow, pg.ConnectionException, pg.IdleSessionTimeout,
    pg.IdleInTransactionSessionTimeout,
)  # fmt: skip
_CLASHED = (pg.SerializationFailure, pg.DeadlockDetected)


def reason(fault: BaseException) -> str | None:
    """The short name of a transient fault (`details.error_code` on the wire), or None when it is not transient."""
    if not isinstance(fault, (OperationalError, InterfaceError)):
        return None
    cause, text = fault.__cause__, str(fault)
    named = next((mark for mark in (*_EXHAUSTED, *_GONE) if mark.lower() in text.lower()), None)
    if named in _EXHAUSTED or isinstance(cause, pg.TooManyConnections):
        return "EMAXCONNSESSION"
    if named:
        return named if named.isupper() else "TRANSIENT_DB_ERROR"
    if isinstance(cause, pg.QueryCanceled):
        return "STATEMENT_TIMEOUT"
    if isinstance(cause, pg.LockNotAvailable):
        return "LOCK_TIMEOUT"
    if isinstance(cause, (*_DROPPED, *_CLASHED)) or not getattr(cause, "sqlstate", None):
        return "TRANSIENT_DB_ERROR"
    return None


def may_repeat(fault: BaseException) -> bool:
    """Would the same read succeed on a fresh connection? Not after a timeout, and not when all slots are taken."""
    return reason(fault) == "TRANSIENT_DB_ERROR"


def as_unavailable(fault: DatabaseError, *, endpoint: str) -> Unavailable | None:
    """The 503 of a transient fault, or None for a fault that is ours."""
    if (name := reason(fault)) is None:
        return None
    return Unavailable(details={"error_code": name, "endpoint": endpoint})


def read_again_once(read: Callable[P, R]) -> Callable[P, R]:
    """Run a read; after a transient fault, once more on a fresh connection. Never inside a transaction."""

    @wraps(read)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return read(*args, **kwargs)
        except (OperationalError, InterfaceError) as fault:
            if connection.in_atomic_block or not may_repeat(fault):
                raise
            connection.close()
            return read(*args, **kwargs)

    return guarded
