"""What people do with files that are there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import UUID

from apps.media import permissions
from apps.media.models import FolderType, MediaFile, UploadStatus, Visibility
from apps.media.selectors import library
from apps.media.services import rows
from ghar import clock
from ghar.actors import Actor
from ghar.errors import Conflict, Invalid, NotAllowed
from ghar.storage import port
from ghar.storage.port import FileMissing, Space

_TRIES = 3


class StillUploading(Conflict):
    """The file is not there yet."""

    code = "UPLOAD_NOT_COMPLETE"
    message = "The file is not there yet."


class MovedMeanwhile(Conflict):
    """Somebody else changed the file at the same moment."""

    code = "MEDIA_CHANGED_MEANWHILE"
    message = "The file changed in this moment. Please try again."


class OnlyAdmins(NotAllowed):
    """Files of others are removed by admins."""

    code = "ADMIN_REQUIRED"
    message = "Only an admin may do this."


@dataclass
class BatchResult:
    """What became of each, as it was named; `storage_warnings` of those whose files go later."""

    deleted: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    storage_warnings: list[str] = field(default_factory=list)


def update_media(*, actor: Actor, media_id: str, changes: dict[str, Any]) -> MediaFile:
    """Write the given fields. With another visibility the file moves, so that who may read it changes in truth.

    Raises MediaNotFound, Invalid, StillUploading, MovedMeanwhile, StorageFailed.
    """
    row = library.get_own_row(actor, media_id)
    expires_at = changes.get("expires_at")
    if expires_at is not None and expires_at <= clock.now():
        raise Invalid.field("expires_at", "Must be in the future.")
    if changes.get("visibility") not in (None, row.visibility):
        _move(row, changes["visibility"])
    written = {name: value for name, value in changes.items() if name != "visibility"}
    if written.get("is_processed", ...) is None:
        del written["is_processed"]
    if written:
        MediaFile.objects.filter(pk=row.pk).update(**written, updated_at=clock.now())
    return row


def _move(row: MediaFile, visibility: str) -> None:
    """Copy, say so, remove the copy that is left: whenever it stops, the row names files that are there."""
    if row.upload_status != UploadStatus.COMPLETE:
        raise StillUploading
    for _ in range(_TRIES):
        row = library.get_row(row.pk)
        if row.visibility == visibility:
            return
        source, moved = library.space_of(row), library.paths_of(row)
        if not _copied(row, source, Space(visibility)):
            continue
        same = MediaFile.objects.filter(
            pk=row.pk, upload_status=row.upload_status, visibility=row.visibility, renditions=row.renditions
        )
        if same.update(visibility=Visibility(visibility), updated_at=clock.now()):
            for path in moved:
                port.named(row.bucket_name).delete(source, path)
            return
    raise MovedMeanwhile


def _copied(row: MediaFile, source: Space, target: Space) -> bool:
    """False when somebody else moves the file at this moment."""
    storage = port.named(row.bucket_name)
    types = {row.storage_path: row.mime_type} | {one["path"]: one["mime_type"] for one in row.renditions}
    try:
        for path, content_type in types.items():
            with storage.open(source, path) as file:
                storage.save(target, path, BytesIO(file.read()), content_type=content_type)
    except FileMissing:
        return False
    return True


def delete_media(*, actor: Actor, media_id: str) -> None:
    """Remove a file of the actor's for good. Raises MediaNotFound."""
    row = library.get_own_row(actor, media_id)
    system_delete(ids=[row.pk])


def delete_batch(*, actor: Actor, named: Sequence[str]) -> BatchResult:
    """Remove files of the actor's, named by id or address. What is not theirs has failed."""
    known = library.find_own_ids(actor, list(named))
    late = system_delete(ids=list(known.values()))
    result = BatchResult(failed=[text for text in named if text not in known])
    result.deleted = [text for text in named if text in known]
    result.storage_warnings = [f"{text}: removed from storage later" for text in named if known.get(text) in late]
    return result


def remove_media(*, actor: Actor, media_id: UUID) -> None:
    """Remove anybody's file, for staff. Raises OnlyAdmins, MediaNotFound."""
    if not permissions.can_administer(actor):
        raise OnlyAdmins
    if not MediaFile.objects.filter(pk=media_id).exists():
        raise library.MediaNotFound
    system_delete(ids=[media_id])


def system_forget_person(*, user_id: int) -> None:
    """Remove the picture and the files that somebody who is gone kept for themselves."""
    own = MediaFile.objects.filter(user_id=user_id, folder_type__in=(FolderType.AVATAR, FolderType.GENERIC))
    system_delete(ids=list(own.values_list("pk", flat=True)))


def system_delete(*, ids: list[UUID]) -> set[UUID]:
    """Remove files for good. Answers those whose files the storage has still."""
    rows.system_doom(ids=ids)
    doomed = MediaFile.objects.filter(pk__in=ids, upload_status=UploadStatus.DELETING)
    return {row.pk for row in doomed if not rows.system_remove(row=row)}
