"""Screens whose list goes out as a file, and whose rows come in.

class PropertyScreen(Imports, Screen):
    access = {..., "export": Staff.ADMINS, "import": Staff.ADMINS}
    sheet = ListingSheet
"""

from typing import Any, ClassVar
from uuid import uuid4

import structlog
from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from import_export.admin import ExportMixin, ImportMixin
from import_export.forms import ConfirmImportForm
from import_export.tmp_storages import BaseStorage
from unfold.contrib.import_export.forms import ImportForm, SelectableFieldsExportForm

from ghar.actors import Actor
from ghar.db import signing
from ghar.sheets.formats import Csv, Excel, lines, workbook
from ghar.sheets.sheet import Sheet
from ghar.store import files

log = structlog.get_logger(__name__)

MOST_BYTES = 5 * 1024 * 1024
KEPT_S = 3600


class _Kept(BaseStorage):
    """An upload between being shown and being confirmed. Confirming takes it, so that a second time finds nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._is_confirmed = self.name is not None

    def save(self, data: bytes) -> None:
        """For an hour, under a name that nobody guesses."""
        self.name = files.keep(f"sheet-{uuid4().hex}", data, seconds=KEPT_S)

    def read(self) -> bytes:
        """What was uploaded. Raises FileGone."""
        if not self.name.startswith("sheet-"):
            raise files.FileGone
        found = files.take(self.name) if self._is_confirmed else files.read(self.name)
        return found if isinstance(found, bytes) else found.encode()

    def remove(self) -> None:
        """It went when it was taken."""


class UploadForm(ImportForm):
    """A file that comes in."""

    def clean_import_file(self) -> Any:
        """Not more of it than can be read at once."""
        file = self.cleaned_data["import_file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"A file has at most {MOST_BYTES // 1024 // 1024} MB.")
        return file


class ConfirmForm(ConfirmImportForm):
    """The word to carry out what was shown."""

    format = forms.ChoiceField(choices=[("0", "csv"), ("1", "xlsx")], widget=forms.HiddenInput())


class Exports(ExportMixin):
    """A screen whose list goes out as a file, with the filters that are set."""

    ALSO: ClassVar[tuple[str, ...]] = ("export",)
    sheet: ClassVar[type[Sheet]]
    formats = [Csv, Excel]
    export_form_class = SelectableFieldsExportForm

    def get_resource_classes(self, request: HttpRequest) -> list[type[Sheet]]:
        """The one sheet of the screen."""
        return [self.sheet]

    def get_resource_index(self, form: Any) -> int:
        """There is no other."""
        return 0

    def has_export_permission(self, request: HttpRequest) -> bool:
        """As declared."""
        return bool(self.access["export"].admits(request.user))

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """Filters that make no sense lead back to the list, as everywhere in the admin."""
        try:
            answer: HttpResponse = super().export_action(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{_list_of(self.model)}?e=1")
        return answer

    def _do_file_export(self, file_format: Any, request: HttpRequest, queryset: Any, export_form: Any = None) -> Any:
        """CSV as it is read; Excel whole, within a bound."""
        names = export_form.get_selected_resource_export_fields()
        sheet = self.sheet()
        rows = sheet.read(queryset, names)
        headings = [column.name for column in sheet.columns if column.name in names]
        stem, kind = self.model._meta.verbose_name_plural, type(file_format)
        log.info("sheet_exported", table=self.model._meta.db_table, user_id=request.user.pk, columns=headings)
        body = workbook(headings, rows) if kind is Excel else lines(headings, rows)
        return StreamingHttpResponse(
            body,
            content_type=kind.CONTENT_TYPE if kind is Excel else "text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{stem}.{file_format.get_extension()}"'},
        )


class Imports(ImportMixin, Exports):
    """A screen whose rows also come in."""

    ALSO: ClassVar[tuple[str, ...]] = ("export", "import")
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    import_form_class = UploadForm
    confirm_form_class = ConfirmForm
    tmp_storage_class = _Kept

    def has_import_permission(self, request: HttpRequest) -> bool:
        """As declared."""
        return bool(self.access["import"].admits(request.user))

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        """Rows are written by whoever brings them in."""
        return {"actor": Actor.of(request.user, via="admin")}  # type: ignore[arg-type]  # nobody anonymous comes in

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """All of it or nothing."""
        return {"use_transactions": True, "rollback_on_validation_errors": True}

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        """What the chosen kind of file says of one that it cannot read; the cause stays in the log."""
        kind = self.get_import_formats()[int(form.cleaned_data["format"])]
        log.info("sheet_unreadable", kind=kind.__name__, error=repr(e))
        form.add_error("import_file", kind.UNREADABLE)

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Carry out what was shown, once."""
        with signing.signed(Actor.of(request.user, via="admin")):  # type: ignore[arg-type]  # as above
            try:
                answer: HttpResponse = super().process_import(request, **kwargs)
            except files.FileGone:
                messages.error(request, "This file was brought in already, or is kept no longer: choose it again.")
                return HttpResponseRedirect(_list_of(self.model))
        return answer

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """What was fine when it was shown may be refused by now; then nothing of it was kept."""
        if not result.has_errors():
            answer: HttpResponse = super().process_result(result, request)
            return answer
        for number, errors in result.row_errors()[:10]:
            for error in errors:
                messages.error(request, f"Nothing was brought in. Row {number + 1}: {' '.join(error.reasons)}")
        return HttpResponseRedirect(_list_of(self.model))


def _list_of(model: type[Model]) -> str:
    options = model._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
