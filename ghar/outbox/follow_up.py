"""Consequences that must not be lost, written down in the transaction of their cause.

    @surely(VisitScheduled)                 # in an area's handlers.py, from here
    def tell_hosts(event: VisitScheduled) -> None: ...

Publishing such an event stores a row for each of these handlers, so cause and row are committed together or not at
all. A worker then carries the row out: the handler runs in a transaction that removes the row as well, so that what it
writes to the database is there once, however often a worker dies. One that fails is tried again, later and later, and
is parked with its error when it never succeeds; staff see it and may have it tried once more.

Rows of different causes may be carried out at the same time and in any order.
"""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TypeVar

from ghar import clock, jobs
from ghar.events import Event, within
from ghar.outbox import registry, tasks
from ghar.outbox.models import OutboxEntry

E = TypeVar("E", bound=Event)

GRACE = timedelta(seconds=30)
"""How long a row is left to the job that was queued for it, before the clock looks for it."""


def surely(event_class: type[E], *, repeatable: bool = False) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a handler that a worker runs for every event of exactly this class, whatever becomes of this process.

    It calls one service, and whatever that writes to the database is there once, in one transaction. What it does
    elsewhere (a message, a file) may be done twice. A `repeatable` one is right when it runs twice: it keeps
    transactions of its own, so that a long row of changes does not lock everything until the last of them.
    """

    def register(handler: Callable[[E], None]) -> Callable[[E], None]:
        within(event_class)(partial(_note, registry.add(event_class, handler, repeatable=repeatable)))
        return handler

    return register


def _note(name: str, event: Event) -> None:
    entry = OutboxEntry.objects.create(handler=name, facts=dataclasses.asdict(event), due_at=clock.now() + GRACE)
    jobs.enqueue(tasks.carry_out, entry.pk)
