"""What helps people along, for staff: written through the same services as over REST."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter
from unfold.decorators import display

from apps.support import permissions
from apps.support.models import FAQ, AppVersion, BugReport, BugSeverity, BugStatus, Page
from apps.support.selectors import bugs as bug_selectors
from apps.support.services import bugs, faqs, pages, versions
from ghar.actors import Actor
from ghar.admin import OneChoiceFilter, Screen, Staff, actor_of
from ghar.asking import asks
from ghar.staff import Figure, parts

WRITTEN = {"view": Staff.ADMINS, "add": Staff.ADMINS, "change": Staff.ADMINS, "delete": Staff.NOBODY}
SEVERITY_COLOURS = {
    BugSeverity.LOW: "info",
    BugSeverity.MEDIUM: "info",
    BugSeverity.HIGH: "warning",
    BugSeverity.CRITICAL: "danger",
}
STATUS_COLOURS = {
    BugStatus.OPEN: "warning",
    BugStatus.IN_PROGRESS: "info",
    BugStatus.RESOLVED: "success",
    BugStatus.CLOSED: "success",
}


def _typed(form: Any) -> Mapping[str, Any]:
    """What was changed in a form, as the services take it."""
    return {name: form.cleaned_data[name] for name in form.changed_data}


@admin.register(Page)
class PageScreen(Screen):
    """Also pages that were taken down; `is_active` brings them back."""

    access = WRITTEN
    icon = "article"
    list_display = ["unique_name", "title", "format", "is_active", "is_draft", "is_private", "view_count", "updated_at"]
    list_filter = [("is_active", BooleanRadioFilter), ("is_draft", BooleanRadioFilter)]
    search_fields = ["unique_name", "title"]
    ordering = ["-updated_at", "-id"]
    fields: Any = [
        "unique_name", "title", "format", "content", "custom_config", ("is_active", "is_draft", "is_private"),
        "view_count", "created_by", "updated_by", "is_seed_data", "created_at", "updated_at",
    ]  # fmt: skip
    readonly_fields = ["view_count", "created_by", "updated_by", "is_seed_data", "created_at", "updated_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The name is given once: addresses hold it."""
        return [*self.readonly_fields, "unique_name"] if obj else self.readonly_fields

    def store(self, request: HttpRequest, obj: Any, form: Any) -> None:
        """Through the services."""
        if obj.pk is None:
            obj.pk = pages.create_page(actor=actor_of(request), **form.cleaned_data).pk
        else:
            pages.correct_page(actor=actor_of(request), page_id=obj.pk, changes=_typed(form))


@admin.register(FAQ)
class FAQScreen(Screen):
    access = WRITTEN
    icon = "quiz"
    list_display = ["question", "category", "display_order", "is_active", "updated_at"]
    list_filter = [("is_active", BooleanRadioFilter)]
    search_fields = ["question", "category"]
    ordering = ["display_order", "-created_at", "-id"]
    fields: Any = [
        "question", "answer", "category", "tags", "display_order", "is_active", "is_seed_data", "created_at",
        "updated_at",
    ]  # fmt: skip
    readonly_fields = ["is_seed_data", "created_at", "updated_at"]

    def store(self, request: HttpRequest, obj: Any, form: Any) -> None:
        """Through the services."""
        if obj.pk is None:
            obj.pk = faqs.create_faq(actor=actor_of(request), **form.cleaned_data).pk
        else:
            faqs.update_faq(actor=actor_of(request), faq_id=obj.pk, changes=_typed(form))


@admin.register(AppVersion)
class AppVersionScreen(Screen):
    access = WRITTEN
    icon = "system_update"
    list_display = ["app", "platform", "version", "build_number", "is_mandatory", "is_active", "created_at"]
    list_filter = [("is_active", BooleanRadioFilter), ("is_mandatory", BooleanRadioFilter)]
    search_fields = ["app", "platform", "version"]
    ordering = ["-created_at", "-id"]
    fields: Any = [
        ("app", "platform"), ("version", "build_number"), "min_supported_version", "release_notes", "download_url",
        ("is_mandatory", "is_active"), "is_seed_data", "created_at", "updated_at",
    ]  # fmt: skip
    readonly_fields = ["is_seed_data", "created_at", "updated_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Which release it is stays."""
        return [*self.readonly_fields, "app", "platform", "version", "build_number"] if obj else self.readonly_fields

    def store(self, request: HttpRequest, obj: Any, form: Any) -> None:
        """Through the services."""
        if obj.pk is None:
            obj.pk = versions.create_version(actor=actor_of(request), **form.cleaned_data).pk
        else:
            versions.update_version(actor=actor_of(request), version_id=obj.pk, changes=_typed(form))


class WaitingFilter(OneChoiceFilter):
    """Reports that nobody has brought to an end."""

    title = "waiting"
    parameter_name = "waiting"
    choice = ("yes", "Waiting for an end")

    def chosen(self) -> Q:
        """Those that are open or worked on."""
        return bug_selectors.waiting()


@admin.register(BugReport)
class BugReportScreen(Screen):
    """What people reported stays as it is; what becomes of it is written here."""

    access = {"view": Staff.ADMINS, "add": Staff.NOBODY, "change": Staff.ADMINS, "delete": Staff.NOBODY}
    icon = "bug_report"
    list_display = [
        "title",
        "severity_label",
        "status_label",
        "bug_type",
        "source",
        "user",
        "assigned_to",
        "created_at",
    ]
    list_select_related = ["user", "assigned_to"]
    list_filter = [
        WaitingFilter,
        ("status", ChoicesDropdownFilter),
        ("severity", ChoicesDropdownFilter),
        ("bug_type", ChoicesDropdownFilter),
    ]
    search_fields = ["title", "user__phone", "user__email"]
    search_help_text = "Title, or the reporter's phone or email"
    ordering = ["-created_at", "-id"]
    actions = ["take", "resolve", "close"]
    autocomplete_fields = ["assigned_to"]
    fieldsets: Any = [
        (None, {"fields": ["status", "assigned_to", "resolution", "tags", "resolved_at"]}),
        (
            "Report",
            {
                "fields": [
                    "title", "description", "bug_type", "severity", "steps_to_reproduce", "expected_behavior",
                    "actual_behavior", "media_urls", "files",
                ],
            },
        ),
        (
            "Origin",
            {"fields": ["user", "source", "app_version", "device_info", "is_seed_data", "created_at", "updated_at"]},
        ),
    ]  # fmt: skip
    readonly_fields = [
        "resolved_at", "title", "description", "bug_type", "severity", "steps_to_reproduce", "expected_behavior",
        "actual_behavior", "media_urls", "files", "user", "source", "app_version", "device_info", "is_seed_data",
        "created_at", "updated_at",
    ]  # fmt: skip

    def visible_to(self, actor: Actor) -> Q:
        """As the area decides."""
        return permissions.visible_to(actor)

    def figures(self, actor: Actor) -> list[Figure]:
        """What waits for an end."""
        waiting = reverse("admin:support_bugreport_changelist") + "?waiting=yes"
        counts = bug_selectors.count_open_bugs(actor)
        shares = [(level.label, counts.get(level, 0), f"{waiting}&severity__exact={level}") for level in BugSeverity]
        return [Figure("Open bug reports", sum(counts.values()), waiting, "bug_report", parts=parts(shares))]

    @display(description="severity", label=SEVERITY_COLOURS, ordering="severity")
    def severity_label(self, bug: BugReport) -> tuple[str, str]:
        """The severity, coloured."""
        return bug.severity, bug.get_severity_display()

    @display(description="status", label=STATUS_COLOURS, ordering="status")
    def status_label(self, bug: BugReport) -> tuple[str, str]:
        """The status, coloured."""
        return bug.status, bug.get_status_display()

    @display(description="files")
    def files(self, bug: BugReport) -> str:
        """Where the files that came with it are read."""
        addresses = bug_selectors.list_file_addresses(bug)
        return format_html_join(", ", '<a href="{0}">{1}</a>', addresses) or "—"

    @admin.action(description="Look after", permissions=["change"])
    def take(self, request: HttpRequest, queryset: QuerySet[BugReport]) -> None:
        """Look after the chosen reports oneself."""
        self.carry_out(request, queryset, bugs.take_bug, key="bug_id", done="taken")

    @admin.action(description="Resolve", permissions=["change"])
    @asks("These reports are said to be resolved, and leave the list of open ones.")
    def resolve(self, request: HttpRequest, queryset: QuerySet[BugReport]) -> None:
        """The chosen reports are resolved."""
        self.carry_out(request, queryset, bugs.resolve_bug, key="bug_id", done="resolved")

    @admin.action(description="Close", permissions=["change"])
    @asks("Nothing more will be done about these reports.")
    def close(self, request: HttpRequest, queryset: QuerySet[BugReport]) -> None:
        """Nothing more will be done about the chosen reports."""
        self.carry_out(request, queryset, bugs.close_bug, key="bug_id", done="closed")

    def store(self, request: HttpRequest, obj: Any, form: Any) -> None:
        """Through the service."""
        changes = dict(_typed(form))
        if "assigned_to" in changes:
            changes["assigned_to"] = obj.assigned_to_id
        bugs.update_bug(actor=actor_of(request), bug_id=obj.pk, changes=changes)
