"""Carrying out what the outbox holds."""

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction

from ghar import clock
from ghar.actors import Actor
from ghar.errors import NotAllowed, NotFound
from ghar.outbox import registry
from ghar.outbox.models import OutboxEntry

logger = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
MOST_ATTEMPTS = 10
A_RUN = 500


class EntryNotFound(NotFound):
    """No such row waits or is parked."""

    code = "OUTBOX_ENTRY_NOT_FOUND"
    message = "This has been carried out or discarded."


def system_carry_out(entry_id: int) -> bool:
    """Call the handler of one row and remove the row; False when there is nothing to do.

    A row that another worker has in hand is left to it. A failure is written down, and tried again later.
    """
    entry = OutboxEntry.objects.filter(parked_at=None, pk=entry_id).first()
    if entry is None:
        return False
    try:
        declared = registry.find(entry.handler)
        return _repeat(declared, entry) if declared.repeatable else _carry_out_once(declared, entry_id)
    except Exception as failure:
        logger.exception("the outbox entry %s failed", entry_id)
        _note_failure(entry_id, failure)
        return False


def _repeat(declared: registry.Declared, entry: OutboxEntry) -> bool:
    registry.call(declared, entry.facts)
    entry.delete()
    return True


@transaction.atomic
def _carry_out_once(declared: registry.Declared, entry_id: int) -> bool:
    waiting = OutboxEntry.objects.select_for_update(skip_locked=True).filter(parked_at=None, pk=entry_id)
    entry = waiting.first()
    if entry is None:
        return False
    registry.call(declared, entry.facts)
    entry.delete()
    return True


def system_carry_out_due() -> int:
    """Carry out what no job has: rows whose queue was lost, and those to be tried again. How many succeeded."""
    due = OutboxEntry.objects.filter(parked_at=None, due_at__lte=clock.now()).order_by("due_at", "pk")
    return sum(system_carry_out(entry_id) for entry_id in list(due.values_list("pk", flat=True)[:A_RUN]))


@transaction.atomic
def _note_failure(entry_id: int, failure: Exception) -> None:
    entry = OutboxEntry.objects.select_for_update().filter(pk=entry_id).first()
    if entry is None:
        return
    now = clock.now()
    entry.attempts += 1
    entry.failure = f"{type(failure).__name__}: {failure}"[:2000]
    entry.due_at = now + min(FIRST_WAIT * 2**entry.attempts, LONGEST_WAIT)
    entry.parked_at = now if entry.attempts >= MOST_ATTEMPTS else None
    entry.save()


def retry_entry(*, actor: Actor, entry_id: int) -> None:
    """Have a row tried anew by the clock within a minute, parked or not. Raises NotAllowed and EntryNotFound."""
    _change(actor, entry_id, parked_at=None, attempts=0, due_at=clock.now())


@transaction.atomic
def discard_entry(*, actor: Actor, entry_id: int) -> None:
    """Remove a parked row: what it stood for does not follow. Raises NotAllowed and EntryNotFound."""
    _insist_on_admin(actor)
    removed, _ = OutboxEntry.objects.filter(pk=entry_id, parked_at__isnull=False).delete()
    if not removed:
        raise EntryNotFound


def _change(actor: Actor, entry_id: int, **values: Any) -> None:
    _insist_on_admin(actor)
    if not OutboxEntry.objects.filter(pk=entry_id).update(**values):
        raise EntryNotFound


def _insist_on_admin(actor: Actor) -> None:
    if not actor.is_admin:
        raise NotAllowed


def count_parked() -> int:
    """How many rows were tried too often and wait for somebody."""
    return OutboxEntry.objects.filter(parked_at__isnull=False).count()
