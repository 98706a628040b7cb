"""A call on its way: it tells how far it is, and ends when nobody waits for it any more.

A function that takes long says `calls.report(3, of=10, "Three of ten files")`. The door that the call came through
passes it on, if the client wants to know. A client that leaves abandons its call: the next statement to the database,
or the next report, raises `Abandoned`, so the transaction is rolled back and nothing is half done. What has been
committed stands, with all that follows from it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from ghar.errors import DomainError

Tell = Callable[[float, float | None, str | None], None]


class Abandoned(DomainError):
    """Whoever asked has left, so nobody reads it."""

    status = 499
    code = "CANCELLED"
    message = "The call was cancelled."


@dataclass
class Call:
    """One call. `tell` passes on what it reports; it is called in the thread that does the work."""

    tell: Tell | None = None
    is_abandoned: bool = False


_current: ContextVar[Call | None] = ContextVar("ghar.call", default=None)


@contextmanager
def following(call: Call) -> Iterator[None]:
    """What runs inside belongs to this call, also in threads that it hands work to."""
    before = _current.set(call)
    try:
        yield
    finally:
        _current.reset(before)


def report(done: float, of: float | None = None, message: str | None = None) -> None:
    """Tell how far the work is. Raises Abandoned when nobody waits for it."""
    call = _current.get()
    if call is None:
        return
    if call.is_abandoned:
        raise Abandoned
    if call.tell is not None:
        call.tell(done, of, message)


@contextmanager
def interruptible() -> Iterator[None]:
    """What runs inside ends with Abandoned at its next statement once its call is abandoned."""
    call = _current.get()
    if call is None:
        yield
        return
    with connection.execute_wrapper(_Guard(call)):
        yield


class _Guard:
    """Stands before every statement until something has been committed; what follows a commit is not stopped."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._has_committed = False

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if self._call.is_abandoned and not self._has_committed:
            raise Abandoned
        if connection.in_atomic_block and not connection.run_on_commit:
            transaction.on_commit(self._note_commit)
        return execute(sql, params, many, context)

    def _note_commit(self) -> None:
        self._has_committed = True
