"""What the platform keeps of a person: each area tells its part, for the person's own copy and for staff who help.

@dossiers.section("visits")
def list_visits_of(user: Any, most: int) -> Rows:
    return list(Visit.objects.filter(user=user).values("id", "status")[:most])
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, object]]
Read = Callable[[Any, int], Rows]

MOST = 10_000
"""Rows of one section in a person's own copy."""

_sections: dict[str, tuple[Read, bool]] = {}


def section(name: str, *, private: bool = False) -> Callable[[Read], Read]:
    """Declare a part: a function of a user row and of how many rows at most, the latest first, without secrets.

    What is `private` is for the person alone. Raises TypeError for a name that is taken.
    """

    def declare(read: Read) -> Read:
        if name in _sections:
            raise TypeError(f"There is a section {name!r} already.")
        _sections[name] = (read, private)
        return read

    return declare


def names() -> list[str]:
    """The parts that there are."""
    return sorted(_sections)


def read_all(user: Any, *, most: int = MOST, for_staff: bool = False) -> dict[str, Rows]:
    """Every part of a person's, by name; for staff without the private ones."""
    return {
        name: read(user, most) for name, (read, private) in sorted(_sections.items()) if not (for_staff and private)
    }
