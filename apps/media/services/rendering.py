"""Renditions of pictures, made in the background: a thumbnail, an AVIF and a blurhash.

A row says when it is due. Whoever claims it puts the time ten minutes ahead, so that a worker that dies leaves it to
another.
"""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import structlog
from django.db.models import F

from apps.media.models import MediaFile, UploadStatus
from apps.media.rules import images
from apps.media.selectors import library
from ghar import clock, pictures
from ghar.realtime import names, publish
from ghar.storage import port
from ghar.storage.port import FileMissing, StorageFailed

log = structlog.get_logger(__name__)

CLAIMED_FOR = timedelta(minutes=10)
MOST_ATTEMPTS = 5
AT_ONCE = 20


def system_render(*, media_id: UUID) -> bool:
    """Make the renditions of a picture that is due. False when it is not, or when it could not be done now."""
    now = clock.now()
    due = MediaFile.objects.filter(pk=media_id, upload_status=UploadStatus.COMPLETE, render_due_at__lte=now)
    if not due.update(render_due_at=now + CLAIMED_FOR, render_attempts=F("render_attempts") + 1):
        return False
    row = MediaFile.objects.get(pk=media_id)
    _tell(row, "processing", 10)
    try:
        return _finish(row, *_renditions(row))
    except (pictures.NotAPicture, pictures.TooManyPixels, FileMissing, StorageFailed) as fault:
        log.warning("a picture was not rendered", media=str(media_id), error=repr(fault))
        if row.render_attempts >= MOST_ATTEMPTS:
            MediaFile.objects.filter(pk=media_id).update(render_due_at=None, is_processed=True)
            _tell(row, "failed", 100, name=names.JOB_FAILED, error="The picture could not be processed.")
        return False


def system_render_due() -> int:
    """What no worker has heard of, or has left unfinished; how many were rendered."""
    due = MediaFile.objects.filter(upload_status=UploadStatus.COMPLETE, render_due_at__lte=clock.now())
    ids = list(due.order_by("render_due_at").values_list("pk", flat=True)[:AT_ONCE])
    return sum(system_render(media_id=media_id) for media_id in ids)


def _renditions(row: MediaFile) -> tuple[list[dict[str, Any]], str]:
    """Made and stored."""
    storage, space = port.named(row.bucket_name), library.space_of(row)
    with storage.open(space, row.storage_path) as file:
        thumbnail, avif, blurhash = images.rendered(BytesIO(file.read()))
    _tell(row, "processing", 70)
    made = {"thumbnail": (thumbnail, "thumb.webp"), "avif": (avif, "avif")}
    described = []
    for kind, (picture, extension) in made.items():
        if picture is not None:
            path = f"{row.key}.{extension}"
            storage.save(space, path, BytesIO(picture.data), content_type=picture.mime_type)
            size = {"width": picture.width, "height": picture.height, "file_size": len(picture.data)}
            described.append({"kind": kind, "path": path, "mime_type": picture.mime_type, **size})
    return described, blurhash


def _finish(row: MediaFile, renditions: list[dict[str, Any]], blurhash: str) -> bool:
    """Write what was made. A row that was removed or moved in the meantime does not want it."""
    same = MediaFile.objects.filter(pk=row.pk, upload_status=UploadStatus.COMPLETE, visibility=row.visibility)
    values = {"renditions": renditions, "blurhash": blurhash, "is_processed": True, "render_due_at": None}
    if same.update(**values, updated_at=clock.now()):
        _tell(row, "completed", 100, name=names.JOB_COMPLETED)
        return True
    for one in renditions:
        port.named(row.bucket_name).delete(library.space_of(row), one["path"])
    MediaFile.objects.filter(pk=row.pk, upload_status=UploadStatus.COMPLETE).update(render_due_at=clock.now())
    return False


def _tell(
    row: MediaFile, status: str, progress: int, *, name: str = names.JOB_UPDATE, error: str | None = None
) -> None:
    """Its owner sees how far it is, on `/ws/jobs/<media id>`."""
    data = {"job_id": str(row.pk), "status": status, "progress": progress, "result": None, "error_message": error}
    publish.to_job(str(row.pk), owner_id=row.user_id, data=data, name=name)
