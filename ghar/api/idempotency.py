"""A repeated request is carried out once: `Idempotency-Key` on operations declared with `idempotent=True`.

The key is claimed by inserting a row in the transaction of the operation, and the answer is written into that row
before it commits. A repetition that comes meanwhile waits for that transaction in the unique index; then it is
given the same answer, or is carried out itself when the first attempt failed. So the effect and the memory of it
are never apart, whatever crashes.

This holds for operations whose effects are all in the database. What calls outside services must claim first,
commit, call, and write the answer afterwards.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
from django.db import transaction
from django.http import HttpResponse

from ghar import clock
from ghar.actors import Actor
from ghar.api import parsing
from ghar.api.rendering import Rendered, answer
from ghar.errors import DomainError, Invalid
from ghar.models import IdempotencyRecord

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
LONGEST = 255
KEPT = timedelta(hours=24)
_FORGOTTEN_AT_ONCE = 20


class KeyReused(DomainError):
    """The `Idempotency-Key` was used for another request within a day."""

    status = 422
    code = "IDEMPOTENCY_KEY_REUSED"
    message = "This Idempotency-Key was used for another request."


def once(actor: Actor, operation: str, request: Any, respond: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of `respond`, or the one that this actor was given under the same key. Raises Invalid, KeyReused."""
    key = request.META.get("HTTP_IDEMPOTENCY_KEY", "").strip()
    if not key or not actor.is_signed_in:
        return respond()
    if len(key) > LONGEST or not key.isprintable():
        raise Invalid.field(HEADER, f"At most {LONGEST} printable characters.", where="header")
    fingerprint = _fingerprint_of(request)
    with transaction.atomic():
        _forget_the_oldest()
        record, is_new = _claim(actor, operation, key, fingerprint)
        if not is_new:
            return _again(record, fingerprint)
        response = respond()
        record.status, record.body = response.status_code, response.content
        record.save(update_fields=["status", "body"])
        return response


def _claim(actor: Actor, operation: str, key: str, fingerprint: str) -> tuple[IdempotencyRecord, bool]:
    """The record of the key, and whether it is this request's own; waits for a request that holds it."""
    name = {"actor_id": actor.id, "operation": operation, "key": key}
    claim = IdempotencyRecord(**name, fingerprint=fingerprint)
    # One that another transaction is about to write is waited for. PostgreSQL gives no id for a row that was there.
    IdempotencyRecord.objects.bulk_create([claim], ignore_conflicts=True)
    record = IdempotencyRecord.objects.get(**name)
    return record, record.body is None


def _again(record: IdempotencyRecord, fingerprint: str) -> HttpResponse:
    if record.fingerprint != fingerprint:
        raise KeyReused
    response = answer(Rendered(bytes(record.body)) if record.body else None, status=record.status or 200)
    response[REPLAYED] = "true"
    return response


def _fingerprint_of(request: Any) -> str:
    body = orjson.dumps(parsing.said(request), option=orjson.OPT_SORT_KEYS)
    said = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(said + body).hexdigest()


def _forget_the_oldest() -> None:
    """Each new key takes a few old ones with it, so the table needs no job to stay small."""
    old = IdempotencyRecord.objects.filter(created_at__lt=clock.now() - KEPT).order_by("created_at")
    ids = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:_FORGOTTEN_AT_ONCE])
    if ids:
        IdempotencyRecord.objects.filter(pk__in=ids).delete()
