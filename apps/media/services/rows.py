"""The rows of files: written before the file, complete when it is there, gone after it."""

from collections.abc import Sequence
from uuid import UUID

import structlog
from django.db import transaction

from apps.media import permissions
from apps.media.events import MediaUploaded
from apps.media.models import FolderType, MediaFile, UploadStatus, Visibility
from apps.media.rules import kinds, paths
from apps.media.selectors import library
from apps.media.services.refusals import PlaceMissing, PlaceNotFound
from apps.media.services.taking import Taken
from ghar import clock, events
from ghar.actors import Actor
from ghar.errors import Invalid
from ghar.storage import port
from ghar.storage.port import Space, StorageFailed

log = structlog.get_logger(__name__)

_PUBLIC = frozenset({FolderType.AVATAR, FolderType.PROPERTY_IMAGE, FolderType.PROPERTY_VIDEO})
"""What anybody sees, whatever a client says."""


def new_row(
    *,
    actor: Actor,
    folder_type: str,
    filename: str,
    mime_type: str,
    visibility: str,
    ids: dict[str, str | None],
    size: int = 0,
    field: str = "",
) -> MediaFile:
    """A pending row that is not written yet. Raises PlaceMissing, PlaceNotFound, or Invalid for an id that is none.

    `ids` has property_id, tour_id and scene_id as far as they are known; `field` is what stands before their names.
    """
    named = {name: str(value) for name, value in ids.items() if value not in (None, "")}
    _insist_on_place(actor, folder_type, named, field)
    folder = paths.folder(folder_type, {"user_id": str(actor.id), **named})
    key = paths.new_key(folder, filename)
    return MediaFile(
        user_id=actor.user.id,
        tour_id=named.get("tour_id"),
        folder_type=folder_type,
        folder=folder,
        key=key,
        storage_path=_path(key, mime_type),
        bucket_name=port.current().name,
        original_filename=filename[:255],
        mime_type=mime_type,
        file_size=size,
        visibility=Visibility.PUBLIC if folder_type in _PUBLIC else visibility,
    )


def _insist_on_place(actor: Actor, folder_type: str, named: dict[str, str], field: str) -> None:
    for name in paths.NEEDS[folder_type]:
        if name not in named:
            raise PlaceMissing(f"{name} required for this folder type", details={"fields": [f"{field}{name}"]})
    for name, value in named.items():
        if not paths.ID.fullmatch(value):
            raise Invalid.field(f"{field}{name}", "Letters, digits, `_` and `-`, 36 at most.")
    for kind in ("property", "tour"):
        place = named.get(f"{kind}_id")
        if place is not None and not permissions.can_add_to(actor, kind, place):
            raise PlaceNotFound(f"{kind.capitalize()} not found", details={"fields": [f"{field}{kind}_id"]})


def _path(key: str, mime_type: str) -> str:
    """Pictures are stored as WebP, whatever they came as."""
    kept = "image/webp" if mime_type in kinds.IMAGES else mime_type
    return f"{key}.{paths.EXTENSIONS[kept]}"


def system_store(*, row: MediaFile, taken: Taken) -> None:
    """Put the file where the row says. Raises StorageFailed."""
    row.storage_path = _path(row.key, taken.mime_type)
    storage = port.named(row.bucket_name)
    storage.save(library.space_of(row), row.storage_path, taken.data, content_type=taken.mime_type)


@transaction.atomic
def system_complete(*, rows: Sequence[tuple[MediaFile, Taken]]) -> bool:
    """Say that the files are there. False, and nothing is written, when one of the rows is pending no more."""
    for row, taken in rows:
        is_picture = taken.mime_type in kinds.IMAGES
        row.mime_type, row.file_size, row.width, row.height = taken.mime_type, taken.size, taken.width, taken.height
        row.upload_status, row.is_processed = UploadStatus.COMPLETE, not is_picture
        row.render_due_at = clock.now() if is_picture else None
        changed = (
            "mime_type", "file_size", "width", "height", "upload_status", "is_processed", "render_due_at",
            "storage_path",
        )  # fmt: skip
        values = {name: getattr(row, name) for name in changed}
        if not MediaFile.objects.filter(pk=row.pk, upload_status=UploadStatus.PENDING).update(**values):
            transaction.set_rollback(True)
            return False
        events.publish(MediaUploaded(str(row.pk), row.user_id, row.mime_type))
    return True


def system_doom(*, ids: Sequence[UUID]) -> int:
    """From now on nobody is shown these files; they are removed next. How many were there."""
    alive = MediaFile.objects.filter(pk__in=ids).exclude(upload_status=UploadStatus.DELETING)
    return alive.update(upload_status=UploadStatus.DELETING, render_due_at=None, updated_at=clock.now())


def system_remove(*, row: MediaFile) -> bool:
    """Remove the files of a doomed row, then the row. False when the storage failed: the sweep tries again."""
    storage = port.named(row.bucket_name)
    try:
        storage.delete(Space.PRIVATE, paths.incoming(row.pk))
        for path in library.paths_of(row):
            storage.delete(library.space_of(row), path)
    except StorageFailed as fault:
        log.warning("files are not removed yet", media=str(row.pk), error=str(fault))
        return False
    MediaFile.objects.filter(pk=row.pk, upload_status=UploadStatus.DELETING).delete()
    return True
