"""Every change, for admins; of a single row they are on the row's own page of history."""

from typing import Any

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter

from apps.history.models import Change
from ghar.admin import Screen, Staff


@admin.register(Change)
class ChangeScreen(Screen):
    """Only to be looked at: whoever could change what happened would change it."""

    access = {"view": Staff.ADMINS, "add": Staff.NOBODY, "change": Staff.NOBODY, "delete": Staff.NOBODY}
    icon = "history"
    list_display = ["at", "table_name", "row_id", "action", "actor_id", "via"]
    list_filter = [("action", ChoicesDropdownFilter), ("at", RangeDateTimeFilter)]
    search_fields = ["=table_name", "=row_id", "=actor_id"]
    search_help_text = "Table, number of the row, or number of who did it"
    ordering = ["-id"]
    fields: Any = ["at", ("table_name", "row_id"), "action", ("actor_id", "via"), "before", "after"]
    readonly_fields = ["at", "table_name", "row_id", "action", "actor_id", "via", "before", "after"]
