"""Visits: somebody looks at a listing at a time, usually with an agent."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from ghar.models import Timestamped, choices_check


class VisitStatus(models.TextChoices):
    REQUESTED = "requested", "Requested"
    CONFIRMED = "confirmed", "Confirmed"
    COMPLETED = "completed", "Completed"
    CANCELLED = "cancelled", "Cancelled"
    RESCHEDULE_SUGGESTED = "reschedule_suggested", "Another time suggested"


class VisitContext(models.TextChoices):
    PROPERTY_TOUR = "property_tour", "Property tour"
    FLATMATE_MEET = "flatmate_meet", "Flatmate meet"


LIVE = (VisitStatus.REQUESTED, VisitStatus.CONFIRMED, VisitStatus.RESCHEDULE_SUGGESTED)
"""A visit in one of these takes its people's time."""


def _slot() -> Func:
    """The time that a visit takes, without its end."""
    return Func(
        F("scheduled_date"),
        F("ends_at"),
        RangeBoundary(),
        function="tstzrange",
        output_field=DateTimeRangeField(),
    )


def _once_at_a_time(who: str) -> ExclusionConstraint:
    """Nobody is in two live visits at once, whatever writes them and how many at a time."""
    return ExclusionConstraint(
        name=f"visits_{who}_once_at_a_time",
        expressions=[(F(who), RangeOperators.EQUAL), (_slot(), RangeOperators.OVERLAPS)],
        condition=Q(status__in=LIVE),
    )


def _person(related_name: str, **options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(settings.AUTH_USER_MODEL, related_name=related_name, db_index=False, **options)


class Visit(Timestamped):
    """One appointment of one visitor (`user`) at one listing, from `scheduled_date` to `ends_at`.

    `counterparty` is whom a flatmate meet is with. `proposed_by_host` says who asked for the present time, because the
    other side confirms it: the visitor, or one of the hosts (owner, counterparty, agent, admin). `reminder_due_at` is
    when people are reminded; null when they have been, or need not be.
    """

    user = _person("visits", on_delete=models.CASCADE)
    property = models.ForeignKey("properties.Property", on_delete=models.CASCADE, related_name="visits", db_index=False)
    agent = models.ForeignKey(
        "agents.Agent", on_delete=models.SET_NULL, null=True, blank=True, related_name="visits", db_index=False
    )
    counterparty = _person(
        "visits_as_counterparty", on_delete=models.SET_NULL, null=True, blank=True, db_column="counterparty_user_id"
    )
    visit_context = models.CharField(max_length=32, choices=VisitContext, default=VisitContext.PROPERTY_TOUR)
    status = models.CharField(max_length=24, choices=VisitStatus, default=VisitStatus.REQUESTED)

    scheduled_date = models.DateTimeField()
    ends_at = models.DateTimeField()
    proposed_by_host = models.BooleanField(default=False)
    rescheduled_from = models.DateTimeField(null=True, blank=True)
    actual_date = models.DateTimeField(null=True, blank=True)
    reminder_due_at = models.DateTimeField(null=True, blank=True)

    special_requirements = models.TextField(null=True, blank=True)
    visit_notes = models.TextField(null=True, blank=True)
    visitor_feedback = models.TextField(null=True, blank=True)
    interest_level = models.CharField(max_length=64, null=True, blank=True)
    follow_up_required = models.BooleanField(default=False)
    follow_up_date = models.DateTimeField(null=True, blank=True)
    cancellation_reason = models.TextField(null=True, blank=True)
    is_seed_data = models.BooleanField(default=False)

    class Meta:
        db_table = "visits"
        constraints = [
            choices_check("status", VisitStatus, name="visits_status_known"),
            choices_check("visit_context", VisitContext, name="visits_context_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("scheduled_date")), name="visits_end_after_they_begin"),
            models.CheckConstraint(
                condition=Q(counterparty=None) | Q(visit_context=VisitContext.FLATMATE_MEET),
                name="visits_tours_have_no_counterparty",
            ),
            models.CheckConstraint(
                condition=Q(counterparty=None) | ~Q(counterparty=F("user")), name="visits_meet_somebody_else"
            ),
            models.CheckConstraint(
                condition=~Q(status=VisitStatus.COMPLETED) | Q(actual_date__isnull=False),
                name="visits_completed_at_a_time",
            ),
            _once_at_a_time("agent"),
            _once_at_a_time("user"),
        ]
        indexes = [
            models.Index(fields=["user", "-scheduled_date", "-id"], name="visits_by_visitor"),
            models.Index(fields=["property", "-scheduled_date", "-id"], name="visits_by_listing"),
            models.Index(fields=["agent", "-scheduled_date", "-id"], name="visits_by_agent"),
            models.Index(fields=["-scheduled_date", "-id"], name="visits_latest"),
            models.Index(
                fields=["counterparty"], condition=Q(counterparty__isnull=False), name="visits_by_counterparty"
            ),
            models.Index(
                fields=["reminder_due_at"], condition=Q(reminder_due_at__isnull=False), name="visits_reminders"
            ),
        ]

    def __str__(self) -> str:
        return f"Visit {self.pk}"
