"""An uploaded file is looked at before it is kept: its size, what it really is, and of a picture every pixel."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

from django.conf import settings

from apps.media.models import FolderType
from apps.media.rules import images, kinds, paths
from apps.media.services.refusals import FileTooLarge, FileTypeMismatch, ImageTooLarge, InvalidFile
from ghar import pictures

_PICTURES_ONLY = frozenset({FolderType.AVATAR, FolderType.PROPERTY_IMAGE, FolderType.TOUR, FolderType.SCENE})
_WITH_DOCUMENTS = frozenset(
    {
        FolderType.PROPERTY_DOCUMENT, FolderType.DOCUMENT_LEASE, FolderType.DOCUMENT_MAINTENANCE,
        FolderType.DOCUMENT_GENERAL,
    }
)  # fmt: skip
_QUALITY, _AVATAR_QUALITY = 80, 85


@dataclass(frozen=True)
class Given:
    """A file as a client sent it: `field` is where it stood in the request."""

    file: BinaryIO
    size: int
    filename: str
    content_type: str | None
    field: str = "file"


@dataclass(frozen=True)
class Taken:
    """What is kept of it."""

    data: BinaryIO
    size: int
    mime_type: str
    width: int | None = None
    height: int | None = None


def system_look_at(*, given: Given, folder_type: str) -> Taken:
    """What is to be kept of a file. Raises FileTooLarge, InvalidFile, FileTypeMismatch, ImageTooLarge."""
    where: dict[str, Any] = {"details": {"fields": [given.field]}}
    system_check_size(size=given.size, field=given.field)
    said = system_check_type(given=given.content_type, filename=given.filename, folder_type=folder_type, **where)
    found = kinds.of(given.file)
    if found is None or not kinds.agree(said, found):
        raise FileTypeMismatch(**where) if said else InvalidFile(**where)
    if found not in _allowed(folder_type):
        raise InvalidFile(**where)
    given.file.seek(0)
    return _picture(given, folder_type, where) if found in kinds.IMAGES else Taken(given.file, given.size, found)


def system_check_size(*, size: int, field: str) -> None:
    """Raises FileTooLarge, and InvalidFile for nothing."""
    if size > settings.MAX_UPLOAD_BYTES:
        most = settings.MAX_UPLOAD_BYTES // 1024**2
        raise FileTooLarge(f"File too large. Maximum size is {most}MB", details={"fields": [field]})
    if size <= 0:
        raise InvalidFile("The file is empty.", details={"fields": [field]})


def system_check_type(*, given: str | None, filename: str, folder_type: str, details: Any) -> str | None:
    """What a client says that a file is, None when it says nothing. Raises InvalidFile for what is not stored there."""
    said = kinds.named(given, paths.extension_of(filename))
    if said is not None and said not in _allowed(folder_type):
        raise InvalidFile(details=details)
    return said


def _allowed(folder_type: str) -> frozenset[str]:
    if folder_type in _PICTURES_ONLY:
        return kinds.IMAGES
    return kinds.allowed(documents=folder_type in _WITH_DOCUMENTS)


def _picture(given: Given, folder_type: str, where: dict[str, Any]) -> Taken:
    quality = _AVATAR_QUALITY if folder_type == FolderType.AVATAR else _QUALITY
    try:
        kept = images.stored(given.file, edge=images.edge_for(folder_type), quality=quality)
    except pictures.TooManyPixels as bomb:
        raise ImageTooLarge(**where) from bomb
    except pictures.NotAPicture as broken:
        raise FileTypeMismatch("The picture is damaged.", **where) from broken
    return Taken(BytesIO(kept.data), len(kept.data), kept.mime_type, kept.width, kept.height)
