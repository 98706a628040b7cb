"""Versions of client apps, compared number by number: 10.0 is newer than 9.2, and 1.2 is 1.2.0.

A pre-release (`2.0.0-beta.1`) comes before its release, as Semantic Versioning 2.0.0 has it (section 11). What follows
a plus sign, a blank or a bracket says nothing about the order: `1.2.0+45`, `1.2.0 (45)`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

_READABLE = re.compile(r"v?(\d{1,9}(?:\.\d{1,9}){0,7})(?:-([0-9A-Za-z.-]+))?(?:[+ (].*)?", re.IGNORECASE | re.ASCII)


class Unreadable(ValueError):
    """The text is no version."""


@dataclass(frozen=True, order=True)
class Version:
    """Its numbers without zeros at the end, whether it is no pre-release, and the parts of the pre-release."""

    numbers: tuple[int, ...]
    is_final: bool
    parts: tuple[tuple[bool, int, str], ...]


class Release(Protocol):
    """What is known of a release: a row, or anything with these names."""

    version: str
    build_number: int | None
    is_mandatory: bool
    min_supported_version: str | None


R = TypeVar("R", bound=Release)


@dataclass(frozen=True)
class Verdict:
    """Is there anything newer, and may the client go on without it?"""

    update_available: bool
    is_mandatory: bool


def read(text: str) -> Version:
    """The version that a text says. Raises Unreadable."""
    found = _READABLE.fullmatch(text.strip())
    if found is None:
        raise Unreadable(text)
    numbers = [int(number) for number in found[1].split(".")]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    parts = found[2].split(".") if found[2] else []
    return Version(tuple(numbers), not parts, tuple(map(_part, parts)))


def _part(text: str) -> tuple[bool, int, str]:
    """Numbers come before words, and in their own order."""
    return (False, int(text), "") if text.isdigit() else (True, 0, text)


def newest(releases: Sequence[R]) -> R | None:
    """The release with the highest version, of these the highest build."""
    return max(releases, key=lambda release: (read(release.version), release.build_number or 0), default=None)


def verdict(releases: Sequence[Release], current: str, build_number: int | None) -> Verdict:
    """What a client on `current` is told. Raises Unreadable.

    An update is mandatory when any newer release is, also one that was followed by others, or when the newest one no
    longer supports `current`.
    """
    newer = [release for release in releases if _is_newer(release, read(current), build_number)]
    latest = newest(newer)
    if latest is None:
        return Verdict(update_available=False, is_mandatory=False)
    least = latest.min_supported_version
    is_below = least is not None and read(current) < read(least)
    return Verdict(True, is_below or any(release.is_mandatory for release in newer))


def _is_newer(release: Release, current: Version, build_number: int | None) -> bool:
    """By its version; of the same version by its build, where both are known."""
    offered = read(release.version)
    if offered != current or release.build_number is None or build_number is None:
        return offered > current
    return release.build_number > build_number
