"""Files come in: through the platform, or sent by the client itself to an address that it was given."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from uuid import UUID

from apps.media.models import FolderType, MediaFile, UploadStatus
from apps.media.rules import paths
from apps.media.selectors import library, links
from apps.media.services import rows, taking
from apps.media.services.refusals import (
    FileNotArrived,
    FileTooLarge,
    InvalidFile,
    PlaceNotFound,
    SizeMismatch,
    UploadNotFound,
)
from apps.media.services.taking import Given
from ghar.actors import Actor
from ghar.errors import BadRequest, DomainError
from ghar.storage import port
from ghar.storage.port import FileMissing, Space, Target

IN_MEMORY = 2 * 1024 * 1024
REFUSALS: tuple[type[DomainError], ...] = (InvalidFile, FileTooLarge, PlaceNotFound, port.StorageFailed)


@dataclass(frozen=True)
class Announced:
    """A file that a client is about to send."""

    filename: str
    content_type: str | None
    file_size: int | None
    folder_type: str
    visibility: str
    ids: dict[str, str | None]


@dataclass(frozen=True)
class Reserved:
    """Where it goes: `token` and `expires` sign it when the platform takes it itself."""

    row: MediaFile
    target: Target
    token: str
    expires: int | None


def upload_files(
    *,
    actor: Actor,
    files: Sequence[Given],
    visibility: str,
    tour_id: str | None = None,
    folder_type: str = FolderType.GENERIC,
) -> list[MediaFile]:
    """Keep some files: all of them, or none.

    Raises what `taking.system_look_at` and `rows.new_row` raise, before anything is stored, and StorageFailed.
    """
    taken = [taking.system_look_at(given=given, folder_type=folder_type) for given in files]
    made = [
        rows.new_row(
            actor=actor,
            folder_type=folder_type,
            filename=given.filename,
            mime_type=kept.mime_type,
            visibility=visibility,
            ids={"tour_id": tour_id},
        )
        for given, kept in zip(files, taken, strict=True)
    ]
    MediaFile.objects.bulk_create(made)
    try:
        for row, kept in zip(made, taken, strict=True):
            rows.system_store(row=row, taken=kept)
    except port.StorageFailed:
        rows.system_doom(ids=[row.pk for row in made])
        raise
    rows.system_complete(rows=list(zip(made, taken, strict=True)))
    return made


def reserve_uploads(*, actor: Actor, files: Sequence[Announced]) -> list[Reserved]:
    """Let a client send files by itself, each to an address of its own. All of them, or none.

    Raises InvalidFile, FileTooLarge, PlaceMissing, PlaceNotFound and Invalid, naming `files.<position>.<field>`.
    """
    made = [_announced(actor, file, f"files.{position}.") for position, file in enumerate(files)]
    MediaFile.objects.bulk_create(made)
    return [_reserve(row) for row in made]


def _announced(actor: Actor, file: Announced, field: str) -> MediaFile:
    if file.file_size is not None:
        taking.system_check_size(size=file.file_size, field=f"{field}file_size")
    where = {"fields": [f"{field}content_type"]}
    said = taking.system_check_type(
        given=file.content_type, filename=file.filename, folder_type=file.folder_type, details=where
    )
    if said is None:
        raise InvalidFile(details=where)
    return rows.new_row(
        actor=actor,
        folder_type=file.folder_type,
        filename=file.filename,
        mime_type=said,
        visibility=file.visibility,
        ids=file.ids,
        size=file.file_size or 0,
        field=field,
    )


def _reserve(row: MediaFile) -> Reserved:
    target = port.named(row.bucket_name).target(
        paths.incoming(row.pk), content_type=row.mime_type, size=row.file_size or None, seconds=links.lasting()
    )
    if target is not None:
        return Reserved(row, target, "", None)
    url, token, expires = links.sending_address(row.pk)
    return Reserved(row, Target(url, "POST"), token, expires)


def system_receive(*, media_id: UUID, given: Given) -> int:
    """Take the file of a reservation, to be looked at when it is confirmed. Answers its size.

    Raises MediaNotFound when there is none, FileTooLarge, InvalidFile, SizeMismatch, StorageFailed.
    """
    row = library.get_pending_row(media_id)
    taking.system_check_size(size=given.size, field=given.field)
    _insist_on_size(row, given.size)
    storage = port.named(row.bucket_name)
    storage.save(Space.PRIVATE, paths.incoming(row.pk), given.file, content_type=row.mime_type)
    return given.size


def _insist_on_size(row: MediaFile, size: int) -> None:
    if row.file_size and row.file_size != size:
        raise SizeMismatch(details={"fields": ["file"], "declared": row.file_size, "received": size})


def confirm_upload(*, actor: Actor, upload_id: str) -> MediaFile:
    """Look at a file that a client has sent by itself, and keep it. Confirming twice answers the same.

    Raises UploadNotFound, FileNotArrived (try again when it is there), and what is wrong with the file; then the
    upload has failed and must be announced anew.
    """
    row = _own(actor, upload_id)
    if row.upload_status == UploadStatus.COMPLETE:
        return row
    if row.upload_status == UploadStatus.FAILED:
        raise InvalidFile("This upload has failed. Announce the file again.", details={"fields": ["upload_id"]})
    storage = port.named(row.bucket_name)
    stored = storage.find(Space.PRIVATE, paths.incoming(row.pk))
    if stored is None:
        return _completed_meanwhile(row)
    try:
        with _copied(row, stored.size) as file:
            return _keep(row, Given(file, stored.size, row.original_filename or "", row.mime_type))
    except FileMissing:
        return _completed_meanwhile(row)
    except (BadRequest, FileTooLarge):
        _fail(row)
        raise


def _own(actor: Actor, upload_id: str) -> MediaFile:
    try:
        return library.get_own_row(actor, upload_id)
    except library.MediaNotFound as missing:
        raise UploadNotFound from missing


def _copied(row: MediaFile, size: int) -> BinaryIO:
    """The file on this machine: the storage's own may come over the network and know no going back."""
    taking.system_check_size(size=size, field="file")
    _insist_on_size(row, size)
    copy = cast("BinaryIO", SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115 - closed by whoever reads it
    with port.named(row.bucket_name).open(Space.PRIVATE, paths.incoming(row.pk)) as source:
        shutil.copyfileobj(source, copy)
    copy.seek(0)
    return copy


def _keep(row: MediaFile, given: Given) -> MediaFile:
    taken = taking.system_look_at(given=given, folder_type=row.folder_type)
    rows.system_store(row=row, taken=taken)
    if not rows.system_complete(rows=[(row, taken)]):
        return _completed_by_another(row)
    port.named(row.bucket_name).delete(Space.PRIVATE, paths.incoming(row.pk))
    return row


def _completed_by_another(row: MediaFile) -> MediaFile:
    """After the file was stored: another has confirmed it, or it was removed, and then the file goes too."""
    try:
        return _completed_meanwhile(row)
    except DomainError:
        port.named(row.bucket_name).delete(library.space_of(row), row.storage_path)
        raise


def _completed_meanwhile(row: MediaFile) -> MediaFile:
    """Another may have confirmed it in this moment. Raises FileNotArrived when nobody has, UploadNotFound."""
    try:
        now = library.get_row(row.pk)
    except library.MediaNotFound as removed:
        raise UploadNotFound from removed
    if now.upload_status != UploadStatus.COMPLETE:
        raise FileNotArrived
    return now


def _fail(row: MediaFile) -> None:
    pending = MediaFile.objects.filter(pk=row.pk, upload_status=UploadStatus.PENDING)
    if pending.update(upload_status=UploadStatus.FAILED):
        port.named(row.bucket_name).delete(Space.PRIVATE, paths.incoming(row.pk))
