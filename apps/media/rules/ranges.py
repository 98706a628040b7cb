"""Parts of a file: players of films ask for one, and some play nothing without (RFC 9110, 14.2)."""

import re

_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class NothingThere(ValueError):
    """The part begins behind the end of the file."""


def wanted(header: str, size: int) -> tuple[int, int] | None:
    """The first and last byte of the part; None for the whole file, which also answers what is not understood.

    Raises NothingThere.
    """
    found = _ONE.fullmatch(header.strip())
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    begin = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if begin >= size:
        raise NothingThere
    return (begin, end) if begin <= end else None
