"""What stands in the cells of files that go to spreadsheets and come back."""

import re
from datetime import date
from typing import Any, NamedTuple

_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would carry out, or read as a number."""
_BETWEEN = re.compile(r"\s*;\s+|\s*[\r\n]+\s*")


class Column(NamedTuple):
    """A column of a sheet: its heading, and the field or expression that it is read from."""

    name: str
    source: Any
    is_read: bool = True
    """Does it mean something when it comes back?"""


def cell(value: Any) -> Any:
    """A value as it stands in a file: nothing that a spreadsheet would carry out."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        value = "; ".join(map(str, value))
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_ACTIVE) else value
    return value


def text(value: Any) -> str:
    """What a cell that came back says, without the mark that keeps a spreadsheet from carrying it out."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    said = value.isoformat() if isinstance(value, date) else str(value).strip()
    return said[1:] if said.startswith("'") and said[1:].startswith(_ACTIVE) else said


def split(said: str) -> list[str]:
    """The entries of a cell that holds several: `lift; parking`."""
    return [entry for entry in _BETWEEN.split(said.strip()) if entry]
