"""Temporary files: what somebody will fetch within a day, such as an export.

    name = files.keep("visits.csv", text)    # visits.csv, or visits.1.csv when there is one
    files.read(name)                         # text again, or bytes if they were bytes

The record of a file is kept first, so that bounds are exact and names are given once over all machines; the file comes
second, under a name of its own. A record that runs out takes its file with it. Several machines need a folder that they
share (TEMPORARY_ROOT).
"""

import os
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import orjson
import structlog
from django.conf import settings

from ghar.errors import NotFound, Unavailable
from ghar.store import names
from ghar.store.namespaces import Namespace, on_expiry
from ghar.store.port import StoreFull
from ghar.store.semaphores import NoSlot, Semaphore

log = structlog.get_logger(__name__)

FILES = Namespace("temporary_files", most_entries=10_000, most_bytes=lambda: settings.TEMPORARY_TOTAL_BYTES)
CLEANING = Semaphore("clean_temporary_files", 1)
CLEANING_S = 600
SETTLED_S = 3600
NUMBERED = 20
"""Files of one name that are numbered; further ones get a mark that is nobody else's."""


class FileTooLong(StoreFull):
    """One temporary file may not be that large."""

    code = "TEMPORARY_FILE_TOO_LARGE"
    message = "This file is too large to be kept for a while."


class FileGone(NotFound):
    """There is no such file, or not any more."""

    code = "TEMPORARY_FILE_GONE"
    message = "This file is gone. Ask for it again."


class FilesAway(Unavailable):
    """The folder cannot be written."""

    code = "TEMPORARY_FILES_AWAY"
    message = "Files cannot be kept at the moment. Please retry."


def keep(name: str, content: str | bytes, *, seconds: float | None = None) -> str:
    """Keep text or bytes for TEMPORARY_SECONDS, or less; the name it got.

    Raises FileTooLong, StoreFull when all files together are too much, StoreAway and FilesAway.
    """
    data = content.encode() if isinstance(content, str) else content
    if len(data) > settings.TEMPORARY_FILE_BYTES:
        raise FileTooLong
    lasting = min(seconds or settings.TEMPORARY_SECONDS, settings.TEMPORARY_SECONDS)
    place = uuid.uuid4().hex
    record = orjson.dumps({"place": place, "is_text": isinstance(content, str)})
    given = _register(names.safe(name), record, len(data), lasting)
    try:
        _write(place, data)
    except OSError as fault:
        FILES.take(given)
        raise FilesAway from fault
    return given


def read(name: str) -> str | bytes:
    """What was kept, as it was. Raises FileGone and StoreAway."""
    return _content(FILES.get(name))


def take(name: str) -> str | bytes:
    """The same, and it is kept no longer: of several who ask at once, one gets it. Raises FileGone and StoreAway."""
    raw = FILES.take(name)
    content = _content(raw)
    if raw is not None:
        _unlink(name, raw)
    return content


def _content(raw: bytes | None) -> str | bytes:
    if raw is None:
        raise FileGone
    record = orjson.loads(raw)
    try:
        data = _path(record["place"]).read_bytes()
    except FileNotFoundError as gone:
        raise FileGone from gone
    return data.decode() if record["is_text"] else data


def remove(name: str) -> None:
    """Keep it no longer. Raises StoreAway."""
    raw = FILES.take(name)
    if raw is not None:
        _unlink(name, raw)


def clean() -> int:
    """Remove files that no record can have any more, for instance those of a keeper that was emptied; how many.

    One at a time does it; another one has nothing to do.
    """
    try:
        with CLEANING.slot(seconds=CLEANING_S):
            return sum(1 for path in _left_over() if _is_gone(path))
    except NoSlot:
        return 0


def _register(name: str, record: bytes, size: int, seconds: float) -> str:
    """A record under the first name that is free. Raises StoreFull."""
    for candidate in _candidates(name):
        if FILES.add(candidate, record, seconds=seconds, weight=size):
            return candidate
    raise StoreFull


def _candidates(name: str) -> Iterator[str]:
    yield name
    for number in range(1, NUMBERED + 1):
        yield names.numbered(name, str(number))
    yield names.numbered(name, uuid.uuid4().hex)


def _write(place: str, data: bytes) -> None:
    """Whole or not at all."""
    path = _path(place)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(data)
    part.replace(path)


def _path(place: str) -> Path:
    folder: Path = settings.TEMPORARY_ROOT
    return folder / place


@on_expiry(FILES)
def _unlink(name: str, record: bytes) -> None:
    place = _path(orjson.loads(record)["place"])
    place.unlink(missing_ok=True)
    place.with_suffix(".part").unlink(missing_ok=True)


def _left_over() -> list[Path]:
    """Files that are older than any record."""
    oldest = time.time() - settings.TEMPORARY_SECONDS - SETTLED_S
    try:
        with os.scandir(settings.TEMPORARY_ROOT) as found:
            return [Path(entry.path) for entry in found if entry.is_file() and entry.stat().st_mtime < oldest]
    except FileNotFoundError:
        return []


def _is_gone(path: Path) -> bool:
    path.unlink(missing_ok=True)
    log.warning("a temporary file had no record", file=path.name)
    return True
