"""Swipes and saved searches, for admins: only to be looked at, because they are what somebody thinks."""

from typing import Any

from django.contrib import admin
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import display

from apps.discovery.models import SavedSearch, Swipe, SwipeAction
from ghar.admin import Screen, Staff

COLOURS = {SwipeAction.PASS: "warning", SwipeAction.LIKE: "success", SwipeAction.SUPER_LIKE: "info"}


@admin.register(Swipe)
class SwipeScreen(Screen):
    """What was decided about which listing, the latest first."""

    access = {"view": Staff.ADMINS, "add": Staff.NOBODY, "change": Staff.NOBODY, "delete": Staff.NOBODY}
    icon = "swipe"
    list_display = ["swiped_at", "user", "property", "decision"]
    list_select_related = ["user", "property"]
    list_filter = [("action", ChoicesDropdownFilter), ("swiped_at", RangeDateTimeFilter)]
    search_fields = ["user__phone", "user__full_name", "property__title"]
    search_help_text = "Person's phone or name, or listing"
    ordering = ["-swiped_at", "-id"]
    fields: Any = ["user", "property", "action", "is_liked", ("created_at", "swiped_at")]
    readonly_fields = ["user", "property", "action", "is_liked", "created_at", "swiped_at"]

    @display(description="decision", label=COLOURS, ordering="action")
    def decision(self, swipe: Swipe) -> tuple[str, str]:
        """The decision, coloured."""
        return swipe.action, swipe.get_action_display()


@admin.register(SavedSearch)
class SavedSearchScreen(Screen):
    """What people wait for."""

    access = {"view": Staff.ADMINS, "add": Staff.NOBODY, "change": Staff.NOBODY, "delete": Staff.NOBODY}
    icon = "saved_search"
    list_display = ["name", "user", "notify", "created_at", "checked_at"]
    list_select_related = ["user"]
    list_filter = [("notify", BooleanRadioFilter)]
    search_fields = ["name", "user__phone", "user__full_name"]
    search_help_text = "Name of the search, or person's phone or name"
    ordering = ["-created_at", "-id"]
    fields: Any = ["name", "user", "filters", "notify", ("created_at", "updated_at"), ("checked_at", "seen_at")]
    readonly_fields = ["name", "user", "filters", "notify", "created_at", "updated_at", "checked_at", "seen_at"]
