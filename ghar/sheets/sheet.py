"""A table that staff take out of a screen, and bring back.

A sheet names its columns. A row that comes in goes through `Sheet.write`, which calls a service: first all of them in a
transaction that is rolled back and shown, then, when that was confirmed, all of them in one that stays, or none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

import structlog
from django.db import DatabaseError, transaction
from django.db.models import Model, QuerySet
from django.utils.html import format_html, format_html_join
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import Error, RowResult

from ghar.actors import ANONYMOUS, Actor
from ghar.errors import DomainError, Invalid
from ghar.sheets import cells
from ghar.sheets.cells import Column

log = structlog.get_logger(__name__)

MOST_ROWS = 1000
"""Rows of a file that comes in: all of them are one transaction."""
CHUNK = 1000


class TooManyRows(Invalid):
    """The file would hold a table open for too long."""

    code = "SHEET_TOO_LONG"
    message = f"A file has at most {MOST_ROWS:,} rows. Bring it in in parts."


class WrongColumns(Invalid):
    """The heading names something that is not known, or names it twice."""

    code = "SHEET_COLUMNS_UNKNOWN"


class Refusal(Error):
    """Why a row, or a file, is not taken; staff read sentences, not stacks."""

    traceback = ""

    @property
    def reasons(self) -> list[str]:
        """A sentence for each thing that is wrong."""
        if not isinstance(self.error, DomainError):
            return ["The database does not take this row."]
        fields = self.error.fields if isinstance(self.error, Invalid) else []
        return [f"{_named(one)}{one['msg']}" for one in fields] or [self.error.message]


def _named(fault: Mapping[str, Any]) -> str:
    name = next((str(part) for part in fault["loc"][1:]), "")
    return f"{name}: " if name else ""


class Sheet(Resource):
    """Rows of a screen as a table. `columns` are what goes out; `write` is how one comes back."""

    columns: ClassVar[Sequence[Column]] = ()
    key: ClassVar[str] = "id"
    ignored: ClassVar[frozenset[str]] = frozenset({"updated_at"})
    """Columns that are no news of a row."""

    class Meta:
        instance_loader_class = BaseInstanceLoader  # rows are looked up by `rows`
        use_transactions = True

    actor: Actor
    """Who brings rows in. What goes out is decided by the screen."""

    def __init__(self, actor: Actor | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.actor = actor or ANONYMOUS
        self.fields = {column.name: Field(column_name=column.name) for column in self.columns}

    @classmethod
    def get_display_name(cls) -> str:
        """There is one a screen, which is not named."""
        return ""

    @classmethod
    def get_error_result_class(cls) -> type[Refusal]:
        """As sentences."""
        return Refusal

    def get_user_visible_fields(self) -> list[Any]:
        """What is read of a file that comes in."""
        return [self.fields[column.name] for column in self.columns if column.is_read]

    def get_diff_headers(self) -> list[str]:
        """What is shown of a row that comes in."""
        return ["Row", "What changes"]

    def read(self, rows: "QuerySet[Any]", names: Sequence[str] | None = None) -> Iterator[list[Any]]:
        """The cells of the named columns, row by row, in a number of statements that does not grow."""
        sources = [column.source for column in self.columns if names is None or column.name in names]
        for row in rows.select_related(None).values_list(*sources).iterator(chunk_size=CHUNK):
            yield [cells.cell(value) for value in row]

    def rows(self, pk: Any) -> "QuerySet[Any]":
        """The row of that key, as `write` is judged by."""
        raise NotImplementedError

    def write(self, said: dict[str, str], present: dict[str, Any] | None) -> Model:
        """Write a row that came in, through a service; `present` is how it stands. Raises DomainErrors."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Read once what every row needs."""

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Refuse a file as a whole; nothing of it is looked at then."""
        headings = [cells.text(name).lower() for name in dataset.headers]
        try:
            self._insist(headings, len(dataset))
        except Invalid:
            dataset.wipe()
            raise
        dataset.headers = headings
        self.prepare()

    def _insist(self, headings: list[str], count: int) -> None:
        known = {column.name for column in self.columns}
        if unknown := [name for name in headings if name not in known]:
            raise WrongColumns(f"There is no column called {unknown[0][:80]!r}.")
        if len(set(headings)) < len(headings):
            raise WrongColumns("A column is there twice.")
        if count > MOST_ROWS:
            raise TooManyRows

    def import_row(self, row: dict[str, Any], instance_loader: Any, **kwargs: Any) -> RowResult:
        """One row, whole or not at all. What is wrong with it stands in the result."""
        result = RowResult()
        try:
            with transaction.atomic():
                self._bring_in({name: cells.text(value) for name, value in row.items()}, result)
        except (DomainError, DatabaseError) as refused:
            if not isinstance(refused, DomainError):
                log.warning("sheet_row_refused", row=kwargs["row_number"], reason=str(refused))
            result.import_type = RowResult.IMPORT_TYPE_ERROR
            result.errors.append(Refusal(refused, row, kwargs["row_number"]))
        return result

    def _bring_in(self, said: dict[str, str], result: RowResult) -> None:
        before = self._present(said.get(self.key, ""))
        result.instance = self.write(said, before)
        after = self._present(str(result.instance.pk)) or {}
        news = _news(before or {}, after, self.ignored | {self.key})
        result.import_type = _kind(before, news)
        result.add_instance_info(result.instance)
        result.diff = [str(result.instance), _shown(news)]

    def _present(self, key: str) -> dict[str, Any] | None:
        if not key.isdecimal():
            return None
        names = [column.name for column in self.columns]
        return next((dict(zip(names, row, strict=True)) for row in self.read(self.rows(int(key)))), None)


def _news(before: dict[str, Any], after: dict[str, Any], ignored: Iterable[str]) -> list[tuple[str, Any, Any]]:
    return [
        (name, before.get(name, ""), value)
        for name, value in after.items()
        if name not in ignored and before.get(name, "") != value
    ]


def _kind(before: Any, news: Any) -> str:
    if before is None:
        return str(RowResult.IMPORT_TYPE_NEW)
    return str(RowResult.IMPORT_TYPE_UPDATE if news else RowResult.IMPORT_TYPE_SKIP)


def _shown(news: list[tuple[str, Any, Any]]) -> str:
    lines = ((name, cells.text(old)[:200] or "—", cells.text(new)[:200] or "—") for name, old, new in news)
    line = '<div class="flex flex-wrap gap-2"><dt class="w-48">{}</dt><dd><del>{}</del> → <ins>{}</ins></dd></div>'
    return format_html("<dl>{}</dl>", format_html_join("", line, lines))
