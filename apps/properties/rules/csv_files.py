"""Reads CSV files strictly: one that is not sound is refused as a whole, before anything is done with it.

Pure.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

MOST_BYTES = 64 * 1024 * 1024
MOST_CELL = 20_000  # characters


class BadFileError(ValueError):
    """The file as a whole cannot be used. The message says why, and what would help."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the feed. `number` counts as a spreadsheet does: the heading is row 1."""

    number: int
    cells: dict[str, str]


def read_rows(data: bytes, columns: Iterable[str], *, name: str) -> list[Row]:
    """The rows of a UTF-8 CSV file with at least these columns, or `BadFileError`."""
    lines = csv.reader(io.StringIO(_decoded(data, name), newline=""), strict=True)
    try:
        heading = [title.strip() for title in next(lines, [])]
        _check_heading(heading, columns, name)
        return [
            Row(number, _cells(line, heading, number, name))
            for number, line in enumerate(lines, start=2)
            if any(cell.strip() for cell in line)
        ]
    except csv.Error as wrong:
        raise BadFileError(f"{name} is not a sound CSV file: line {lines.line_num}: {wrong}.") from wrong


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MOST_BYTES:
        raise BadFileError(f"{name} is larger than {MOST_BYTES // 1024**2} MB; split it.")
    if not data.strip():
        raise BadFileError(f"{name} is empty.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadFileError(
            f"{name} is not UTF-8 text (byte {wrong.start}); save it as 'CSV UTF-8' and try again."
        ) from wrong
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise BadFileError(f"{name} holds a NUL byte on line {line}; it is no CSV file.")
    return text


def _check_heading(heading: list[str], columns: Iterable[str], name: str) -> None:
    missing = [column for column in columns if column not in heading]
    if missing:
        raise BadFileError(
            f"{name} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}. "
            f"Its first line must be the heading, separated by commas."
        )
    twice = sorted({column for column in heading if heading.count(column) > 1})
    if twice:
        raise BadFileError(f"{name} has the column {', '.join(twice)} more than once.")


def _cells(line: list[str], heading: list[str], number: int, name: str) -> dict[str, str]:
    if len(line) != len(heading):
        raise BadFileError(
            f"{name}, row {number} has {len(line)} cells where the heading has {len(heading)}; "
            "a quote or a comma may be missing."
        )
    found = dict(zip(heading, line, strict=True))
    for column, cell in found.items():
        if len(cell) > MOST_CELL:
            raise BadFileError(
                f"{name}, row {number}: the cell {column} has {len(cell)} characters; {MOST_CELL} are the most."
            )
    return found
