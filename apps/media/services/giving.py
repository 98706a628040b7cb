"""A private file leaves the platform."""

from dataclasses import dataclass
from typing import BinaryIO

from apps.media.models import MediaFile
from apps.media.rules import kinds, paths, ranges
from apps.media.selectors import library, links
from ghar.errors import DomainError
from ghar.storage import port
from ghar.storage.port import FileMissing, Space


class NoSuchPart(DomainError):
    """The part of the file that is asked for begins behind its end."""

    status = 416
    code = "RANGE_NOT_SATISFIABLE"
    message = "The file has no such part."


@dataclass(frozen=True)
class Giving:
    """Either where it is read, or the file itself, of which perhaps only a part is wanted (first and last byte)."""

    name: str
    content_type: str
    address: str = ""
    file: BinaryIO | None = None
    size: int = 0
    part: tuple[int, int] | None = None

    @property
    def is_document(self) -> bool:
        """Documents are saved by browsers, never shown in a page of ours."""
        return self.content_type in kinds.DOCUMENTS


def system_give(row: MediaFile, path: str, *, part: str = "") -> Giving:
    """The file of a row at one of its paths. `part` is a Range header.

    Raises MediaNotFound when it is gone, NoSuchPart, StorageFailed.
    """
    storage, name = port.named(row.bucket_name), path.rpartition("/")[2]
    content_type = next(
        (kind for kind, extension in paths.EXTENSIONS.items() if name.endswith(f".{extension}")), row.mime_type
    )
    if library.space_of(row) is Space.PUBLIC:
        return Giving(name, content_type, storage.url(path))
    if address := storage.link(path, seconds=links.lasting(), download_as=name):
        return Giving(name, content_type, address)
    stored = storage.find(Space.PRIVATE, path)
    if stored is None:
        raise library.MediaNotFound
    try:
        wanted = ranges.wanted(part, stored.size)
        return Giving(name, content_type, file=storage.open(Space.PRIVATE, path), size=stored.size, part=wanted)
    except ranges.NothingThere as beyond:
        raise NoSuchPart(headers={"Content-Range": f"bytes */{stored.size}"}) from beyond
    except FileMissing as gone:
        raise library.MediaNotFound from gone
