"""A private file leaves the platform."""

from dataclasses import dataclass
from typing import BinaryIO

from apps.media.models import MediaFile
from apps.media.rules import kinds, paths
from apps.media.selectors import library, links
from ghar.storage import port
from ghar.storage.port import FileMissing, Space


@dataclass(frozen=True)
class Giving:
    """Either where it is read, or the file itself."""

    name: str
    content_type: str
    address: str = ""
    file: BinaryIO | None = None

    @property
    def is_document(self) -> bool:
        """Documents are saved by browsers, never shown in a page of ours."""
        return self.content_type in kinds.DOCUMENTS


def system_give(row: MediaFile, path: str) -> Giving:
    """The file of a row at one of its paths. Raises MediaNotFound when it is gone, StorageFailed."""
    storage, name = port.named(row.bucket_name), path.rpartition("/")[2]
    content_type = next(
        (kind for kind, extension in paths.EXTENSIONS.items() if name.endswith(f".{extension}")), row.mime_type
    )
    if library.space_of(row) is Space.PUBLIC:
        return Giving(name, content_type, storage.url(path))
    if address := storage.link(path, seconds=links.lasting(), download_as=name):
        return Giving(name, content_type, address)
    try:
        return Giving(name, content_type, file=storage.open(Space.PRIVATE, path))
    except FileMissing as gone:
        raise library.MediaNotFound from gone
