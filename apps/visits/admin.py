"""Visits, for staff: looked at, confirmed, called off, completed, and given another agent."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localtime
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import display

from apps.visits import permissions, selectors
from apps.visits.models import LIVE, Visit, VisitStatus
from apps.visits.services import visits
from ghar.actors import Actor
from ghar.admin import OneChoiceFilter, Screen, Staff
from ghar.asking import asks, given_reason
from ghar.sheets.cells import Column
from ghar.sheets.screens import Exports
from ghar.sheets.sheet import Sheet
from ghar.staff import DAYS, Course, Figure, parts

STATUS_COLOURS = {
    VisitStatus.REQUESTED: "warning",
    VisitStatus.RESCHEDULE_SUGGESTED: "warning",
    VisitStatus.CONFIRMED: "success",
    VisitStatus.COMPLETED: "info",
    VisitStatus.CANCELLED: "danger",
}


class WithoutAgentFilter(OneChoiceFilter):
    """Tours of today that nobody leads."""

    title = "without an agent"
    parameter_name = "without_agent"
    choice = ("today", "Today")

    def chosen(self) -> Q:
        """Still to be, and nobody to lead them."""
        return selectors.without_agent_today()


class AheadFilter(OneChoiceFilter):
    """Visits that are still to be."""

    title = "to come"
    parameter_name = "ahead"
    choice = ("yes", "To come")

    def chosen(self) -> Q:
        """Not over, and not called off."""
        return selectors.ahead()


EXPORTED = (
    "id", "status", "scheduled_date", "ends_at", "actual_date", "property_id", "property__title", "property__locality",
    "user_id", "user__full_name", "agent_id", "agent__name", "special_requirements", "visitor_feedback",
    "interest_level", "follow_up_required", "follow_up_date", "cancellation_reason", "created_at", "updated_at",
)  # fmt: skip


class VisitSheet(Sheet):
    """Who looks at what and when, and what came of it."""

    columns = tuple(Column(name.replace("__", "_"), name) for name in EXPORTED)


@admin.register(Visit)
class VisitScreen(Exports, Screen):
    """Agents see the visits that concern them, admins all. Nothing is typed: actions call services."""

    access = {
        "view": Staff.STAFF,
        "add": Staff.NOBODY,
        "change": Staff.STAFF,
        "delete": Staff.NOBODY,
        "export": Staff.STAFF,
    }
    sheet = VisitSheet
    icon = "event_available"
    list_display = ["when", "property", "user", "agent", "status_label", "created_at"]
    list_select_related = ["property", "user", "agent"]
    list_filter = [
        WithoutAgentFilter,
        AheadFilter,
        ("status", ChoicesDropdownFilter),
        ("scheduled_date", RangeDateTimeFilter),
    ]
    search_fields = ["user__phone", "user__full_name", "property__title", "agent__name"]
    search_help_text = "Visitor's phone or name, listing or agent"
    ordering = ["-scheduled_date", "-id"]
    actions = ["confirm", "complete", "cancel", "give_agent"]
    fieldsets: Any = [
        (
            None,
            {
                "fields": [
                    "property", "user", "agent", "status", ("scheduled_date", "ends_at"), "rescheduled_from",
                    "proposed_by_host", "actual_date",
                ],
            },
        ),
        (
            "Words",
            {
                "fields": [
                    "special_requirements", "visit_notes", "visitor_feedback", "interest_level", "follow_up_required",
                    "follow_up_date", "cancellation_reason",
                ],
            },
        ),
        (
            "Origin",
            {
                "fields": [
                    "visit_context", "counterparty", "is_seed_data", "reminder_due_at", "created_at", "updated_at",
                ],
            },
        ),
    ]  # fmt: skip
    readonly_fields = flatten_fieldsets(fieldsets)

    def visible_to(self, actor: Actor) -> Q:
        """As the area decides."""
        return permissions.visible_to(actor)

    def describe(self, row: Visit) -> str:
        """Who looks at what, and when."""
        return f"{row.user} at {row.property}, {localtime(row.scheduled_date):%d %B %Y, %H:%M}"

    def calls(self, actor: Actor) -> list[Figure]:
        """Who comes today and is met by nobody."""
        link = reverse("admin:visits_visit_changelist") + "?without_agent=today"
        count = selectors.count_visits_without_agent_today(actor)
        return [Figure("Visits today without an agent", count, link, "person_alert")]

    def courses(self, actor: Actor) -> list[Course]:
        """What was asked for."""
        list_of = reverse("admin:visits_visit_changelist")
        return [Course("Visits asked for", selectors.count_visits_by_day(actor, DAYS), list_of)]

    def figures(self, actor: Actor) -> list[Figure]:
        """What is to come."""
        ahead = reverse("admin:visits_visit_changelist") + "?ahead=yes"
        counts = selectors.count_visits_ahead(actor)
        live = [(status.label, counts.get(status, 0), f"{ahead}&status__exact={status}") for status in LIVE]
        return [Figure("Visits to come", sum(counts.values()), ahead, "event_available", parts=parts(live))]

    @display(description="time", ordering="scheduled_date")
    def when(self, visit: Visit) -> Any:
        """When it begins."""
        return visit.scheduled_date

    @display(description="status", label=STATUS_COLOURS, ordering="status")
    def status_label(self, visit: Visit) -> tuple[str, str]:
        """The status, coloured."""
        return visit.status, visit.get_status_display()

    @admin.action(description="Confirm", permissions=["change"])
    @asks("Visitors and hosts are told that these times are agreed on.")
    def confirm(self, request: HttpRequest, queryset: QuerySet[Visit]) -> None:
        """Agree to the chosen times."""
        self.carry_out(request, queryset, visits.confirm_visit, key="visit_id", done="confirmed")

    @admin.action(description="Complete", permissions=["change"])
    @asks("These visits are said to have taken place.")
    def complete(self, request: HttpRequest, queryset: QuerySet[Visit]) -> None:
        """Say that the chosen visits took place."""
        self.carry_out(request, queryset, visits.complete_visit, key="visit_id", done="completed")

    @admin.action(description="Call off", permissions=["change"])
    @asks(
        "These visits do not take place. Who comes, who shows and the agent are told.", reason="Reason, which they read"
    )
    def cancel(self, request: HttpRequest, queryset: QuerySet[Visit]) -> None:
        """Call the chosen visits off."""
        service = partial(visits.cancel_visit, reason=given_reason(request) or "Called off by staff")
        self.carry_out(request, queryset, service, key="visit_id", done="called off")

    @admin.action(description="Find another agent", permissions=["change"])
    @asks("Each of these visits gets the free agent who has the least to do.")
    def give_agent(self, request: HttpRequest, queryset: QuerySet[Visit]) -> None:
        """Give the chosen visits the agent who has the least to do."""
        self.carry_out(request, queryset, visits.give_agent, key="visit_id", done="given an agent")

    def store(self, request: HttpRequest, obj: Any, form: Any) -> None:
        """Nothing is typed here."""
