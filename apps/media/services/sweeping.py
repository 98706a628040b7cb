"""What was left: uploads that never came, files past their end, files whose removal failed, files without a row."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from uuid import UUID

import structlog
from django.db.models import Q

from apps.media.models import MediaFile, UploadStatus
from apps.media.rules import paths
from apps.media.services import rows
from ghar import clock
from ghar.storage import port
from ghar.storage.port import Space, Stored

log = structlog.get_logger(__name__)

KEEP_UNFINISHED = timedelta(hours=24)
SETTLED = timedelta(minutes=5)
AT_ONCE = 500
_UNFINISHED_WRITE = ".part"


def system_sweep_rows() -> int:
    """Remove what never came within a day, what has failed, what is past its end; how many files went."""
    now = clock.now()
    never_came = Q(upload_status__in=(UploadStatus.PENDING, UploadStatus.FAILED), created_at__lt=now - KEEP_UNFINISHED)
    past = Q(expires_at__lte=now)
    ids = list(MediaFile.objects.filter(never_came | past).values_list("pk", flat=True)[:AT_ONCE])
    rows.system_doom(ids=ids)
    left = Q(pk__in=ids) | Q(upload_status=UploadStatus.DELETING, updated_at__lt=now - SETTLED)
    doomed = MediaFile.objects.filter(left, upload_status=UploadStatus.DELETING)[:AT_ONCE]
    return sum(rows.system_remove(row=row) for row in doomed)


def system_sweep_storage() -> int:
    """Remove files of more than a day that no row has, for instance of rows that went with their person."""
    storage, removed = port.current(), 0
    before = clock.now() - KEEP_UNFINISHED
    for space in Space:
        old = (stored for stored in storage.walk(space, paths.ROOT) if stored.written_at < before)
        for some in _in_portions(old):
            for path in _without_row(space, some):
                storage.delete(space, path)
                removed += 1
    log.info("storage swept", removed=removed)
    return removed


def _in_portions(found: Iterator[Stored]) -> Iterator[list[str]]:
    while some := [stored.path for stored in islice(found, AT_ONCE)]:
        yield some


def _without_row(space: Space, some: list[str]) -> list[str]:
    """Of these paths those that belong to nothing."""
    waiting = {path: _waiting_id(path) for path in some if path.startswith(f"{paths.INCOMING}/")}
    ids = [media_id for media_id in waiting.values() if media_id is not None]
    pending = MediaFile.objects.filter(pk__in=ids, upload_status=UploadStatus.PENDING)
    known_ids = set(pending.values_list("pk", flat=True))
    keys = MediaFile.objects.filter(key__in={paths.key_of(path) for path in some}, visibility=str(space))
    known_keys = set(keys.values_list("key", flat=True))
    return [
        path
        for path in some
        if path.endswith(_UNFINISHED_WRITE)
        or (waiting[path] not in known_ids if path in waiting else paths.key_of(path) not in known_keys)
    ]


def _waiting_id(path: str) -> UUID | None:
    try:
        return UUID(path.rpartition("/")[2])
    except ValueError:
        return None
