"""The port to where files are kept: this machine, an S3-compatible service or Cloudinary, chosen by MEDIA_STORAGE.

A file has a path (`ghar/uploads/7/0a1b2c3d4e5f-kitchen.webp`) in one of two spaces: anybody may read what is public,
and what is private only leaves through the platform or by a link that ends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import BinaryIO, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from ghar.errors import UpstreamFailed

_PATH = re.compile(r"(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\.[A-Za-z0-9]+)*")


class StorageFailed(UpstreamFailed):
    """The place where files are kept did not take or give one."""

    code = "STORAGE_ERROR"
    message = "The file storage failed. Please try again."


class FileMissing(Exception):
    """There is no such file."""


class Space(StrEnum):
    """Who may read a file."""

    PUBLIC = "public"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is there, its size in bytes and when it was written."""

    path: str
    size: int
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Target:
    """Where a client sends a file without the platform between."""

    url: str
    method: str
    headers: dict[str, str] = field(default_factory=dict)


class Storage(Protocol):
    """Everything Ghar asks of a storage. Each method may raise StorageFailed; paths are checked by `checked`."""

    name: str

    def save(self, space: Space, path: str, data: BinaryIO, *, content_type: str) -> None:
        """Write a file whole, or not at all; one that is there is replaced."""

    def open(self, space: Space, path: str) -> BinaryIO:
        """Read a file. Raises FileMissing."""

    def find(self, space: Space, path: str) -> Stored | None:
        """What is known of a file, None when it is not there."""

    def delete(self, space: Space, path: str) -> None:
        """Remove a file; a missing one is no error."""

    def walk(self, space: Space, prefix: str) -> Iterator[Stored]:
        """Every file whose path begins so."""

    def url(self, path: str) -> str:
        """Where anybody reads a public file."""

    def link(self, path: str, *, seconds: int, download_as: str) -> str | None:
        """Where a private file is read for some seconds; None when the platform must give it out itself."""

    def target(self, path: str, *, content_type: str, size: int | None, seconds: int) -> Target | None:
        """Where a client may write a private file; None when the platform must take it itself."""


def checked(path: str) -> str:
    """The path. Raises ValueError for one that could lead elsewhere: names of letters, digits, `_` and `-` alone."""
    if not _PATH.fullmatch(path) or len(path) > 512:
        raise ValueError(f"{path!r} is no path of a stored file")
    return path


@cache
def named(name: str) -> Storage:
    """The storage of that name. Files stay where they were written when the setting changes."""
    implementation: Storage = import_string(settings.MEDIA_STORAGES[name])()
    return implementation


def current() -> Storage:
    """Where new files go."""
    return named(settings.MEDIA_STORAGE)
