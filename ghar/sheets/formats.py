"""The kinds of files: CSV, which goes out as it is read, and Excel workbooks, which are built in memory."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import openpyxl
import tablib
from import_export.formats import base_formats
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from ghar.sheets.sheet import CHUNK, MOST_ROWS

MOST_UNPACKED = 50 * 1024 * 1024
MOST_IN_EXCEL = 20_000
LONGEST_CELL = 32_767
"""What a cell of Excel holds."""


class Csv(base_formats.CSV):
    """Text, one line a row."""

    UNREADABLE = "This file cannot be read as CSV in UTF-8. From Excel, save it as “CSV UTF-8”."


class Excel(base_formats.XLSX):
    """A workbook with one sheet."""

    UNREADABLE = "This file cannot be read as an Excel workbook (.xlsx)."

    def create_dataset(self, in_stream: bytes) -> Any:
        """As the library reads it, when unpacking it is no trap. Raises ValueError."""
        with zipfile.ZipFile(io.BytesIO(in_stream)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise ValueError
        dataset = tablib.Dataset()
        book = openpyxl.load_workbook(io.BytesIO(in_stream), read_only=True, data_only=True)
        lines = book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + 2)
        dataset.headers = list(next(lines))
        for line in lines:
            if any(value is not None for value in line):
                dataset.append(line)
        return dataset


class _Echo:
    """A file that gives back what is written into it."""

    def write(self, line: str) -> str:
        return line


def lines(headings: list[str], rows: Iterable[list[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow(headings))  # by this mark Excel knows UTF-8
    while chunk := list(islice(rows, CHUNK)):
        yield "".join(str(writer.writerow(row)) for row in chunk)


def workbook(headings: list[str], rows: Iterator[list[Any]]) -> Iterator[bytes]:
    """Raises ValueError, which the form shows, for more than it should hold."""
    found = list(islice(rows, MOST_IN_EXCEL + 1))
    if len(found) > MOST_IN_EXCEL:
        raise ValueError(f"An Excel file has at most {MOST_IN_EXCEL:,} rows: set a filter, or choose CSV.")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (headings, *found):
        sheet.append([_legal(value) for value in row])
    packed = io.BytesIO()
    book.save(packed)
    return iter([packed.getvalue()])


def _legal(value: Any) -> Any:
    return ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL] if isinstance(value, str) else value
