"""Finding a visit its time and its agent, so that nobody is in two places at once."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet
from psycopg.errors import ExclusionViolation

from apps.agents import selectors as agents
from apps.visits import rules
from apps.visits.models import LIVE, Visit
from apps.visits.services import refusals
from ghar import clock
from ghar.db import locks


def system_check_time(begins: datetime) -> None:
    """Raises VisitInThePast or VisitTooFarAhead."""
    now = clock.now()
    if begins < now:
        raise refusals.VisitInThePast
    if begins > now + rules.FARTHEST:
        raise refusals.VisitTooFarAhead


def system_place(visit: Visit, begins: datetime, *, preferred: Iterable[int | None]) -> None:
    """Give a visit its time and a free agent, and store it. Without any agent at work it has none.

    Writers of overlapping times wait for each other, so each sees what the others took; the exclusion constraints
    stand behind that. Raises VisitConflict, VisitInThePast, VisitTooFarAhead.
    """
    system_check_time(begins)
    visit.scheduled_date = begins.astimezone(UTC)
    visit.ends_at = visit.scheduled_date + timedelta(minutes=settings.VISIT_DEFAULT_DURATION_MINUTES)
    visit.reminder_due_at = rules.reminder_due_at(visit.scheduled_date, clock.now())
    for hour in rules.hours(visit.scheduled_date, visit.ends_at):
        locks.hold(f"visits {hour}")
    others = _others_at_the_time(visit)
    if others.filter(user_id=visit.user_id).exists():
        raise refusals.VisitConflict
    visit.agent_id = _free_agent(others, preferred)
    _store(visit)


def _others_at_the_time(visit: Visit) -> QuerySet[Visit]:
    others = Visit.objects.filter(status__in=LIVE, scheduled_date__lt=visit.ends_at, ends_at__gt=visit.scheduled_date)
    return others.exclude(pk=visit.pk) if visit.pk else others


def _free_agent(others: QuerySet[Visit], preferred: Iterable[int | None]) -> int | None:
    at_work = agents.list_ids_at_work()
    if not at_work:
        return None
    free = set(at_work) - set(others.values_list("agent_id", flat=True))
    chosen = rules.choose_agent(preferred, free, _visits_ahead(free))
    if chosen is None:
        raise refusals.VisitConflict("No agent is free at that time.")
    return chosen


def _visits_ahead(agent_ids: Iterable[int]) -> dict[int, int]:
    ahead = Visit.objects.filter(agent_id__in=agent_ids, status__in=LIVE, scheduled_date__gte=clock.now())
    counted = ahead.order_by().values_list("agent_id").annotate(count=Count("pk"))
    return {agent_id: count for agent_id, count in counted if agent_id is not None}


def _store(visit: Visit) -> None:
    try:
        with transaction.atomic():
            visit.save()
    except IntegrityError as clash:
        if isinstance(clash.__cause__, ExclusionViolation):
            raise refusals.VisitConflict from clash
        raise
