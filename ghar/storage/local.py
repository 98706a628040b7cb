"""Files in two folders of this machine: MEDIA_ROOT, which is served as it is, and PRIVATE_MEDIA_ROOT."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from ghar.storage.port import FileMissing, Space, StorageFailed, Stored, Target, checked

_UNFINISHED = ".part"


@contextmanager
def _failing_clearly() -> Iterator[None]:
    """A full disk or a folder without rights is the storage's fault, not the caller's."""
    try:
        yield
    except FileNotFoundError as missing:
        raise FileMissing(str(missing)) from missing
    except OSError as fault:
        raise StorageFailed from fault


class LocalStorage:
    """The default. Writes go to another name first, so a file is whole or not there."""

    name = "local"

    def save(self, space: Space, path: str, data: BinaryIO, *, content_type: str) -> None:
        """Write a file."""
        file = _file(space, path)
        unfinished = file.with_name(f"{file.name}.{uuid.uuid4().hex}{_UNFINISHED}")
        with _failing_clearly():
            file.parent.mkdir(parents=True, exist_ok=True)
            try:
                with unfinished.open("xb") as target:
                    shutil.copyfileobj(data, target)
                unfinished.replace(file)
            finally:
                unfinished.unlink(missing_ok=True)

    def open(self, space: Space, path: str) -> BinaryIO:
        """Read a file."""
        with _failing_clearly():
            return _file(space, path).open("rb")

    def find(self, space: Space, path: str) -> Stored | None:
        """Size and time of a file."""
        file = _file(space, path)
        return _stored(file, path) if file.is_file() else None

    def delete(self, space: Space, path: str) -> None:
        """Remove a file."""
        with _failing_clearly():
            _file(space, path).unlink(missing_ok=True)

    def walk(self, space: Space, prefix: str) -> Iterator[Stored]:
        """Every file below a folder, also those that a crash left unfinished."""
        root = _root(space)
        for file in (root / checked(prefix)).rglob("*"):
            if file.is_file():
                yield _stored(file, file.relative_to(root).as_posix())

    def url(self, path: str) -> str:
        """Below MEDIA_URL."""
        return f"{settings.PUBLIC_BASE_URL}{settings.MEDIA_URL}{checked(path)}"

    def link(self, path: str, *, seconds: int, download_as: str) -> str | None:
        """The platform gives it out."""
        return None

    def target(self, path: str, *, content_type: str, size: int | None, seconds: int) -> Target | None:
        """The platform takes it."""
        return None


def _root(space: Space) -> Path:
    return Path(settings.MEDIA_ROOT if space is Space.PUBLIC else settings.PRIVATE_MEDIA_ROOT)


def _file(space: Space, path: str) -> Path:
    return _root(space) / checked(path)


def _stored(file: Path, path: str) -> Stored:
    about = file.stat()
    return Stored(path, about.st_size, datetime.fromtimestamp(about.st_mtime, UTC))
