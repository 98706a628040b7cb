"""Finding a visit its time and its agent, so that nobody is in two places at once."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import IntegrityError
from django.db.models import Count
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
    taken = _taken_at_the_time(visit)
    if visit.user_id in taken.people:
        raise refusals.VisitConflict
    visit.agent = _free_agent(visit, taken.agents, preferred)
    _store(visit)


class _Taken(NamedTuple):
    people: set[int]
    agents: set[int | None]


def _taken_at_the_time(visit: Visit) -> _Taken:
    """Who is on another visit then."""
    others = Visit.objects.filter(status__in=LIVE, scheduled_date__lt=visit.ends_at, ends_at__gt=visit.scheduled_date)
    found = others.exclude(pk=visit.pk) if visit.pk else others
    pairs = list(found.values_list("user_id", "agent_id"))
    return _Taken({user_id for user_id, _ in pairs}, {agent_id for _, agent_id in pairs})


def _free_agent(visit: Visit, taken: Collection[int | None], preferred: Iterable[int | None]) -> Any:
    """The first preferred agent who is at work and free, else whoever the rules choose; None without any at work."""
    wanted = [agent_id for agent_id in preferred if agent_id and agent_id not in taken]
    known = {agent.pk: agent for agent in agents.list_at_work(among=wanted)} if wanted else {}
    if first := next((agent_id for agent_id in wanted if agent_id in known), None):
        return known[first]
    return _chosen_agent(visit, taken)


def _chosen_agent(visit: Visit, taken: Collection[int | None]) -> Any:
    at_work = agents.list_at_work()
    if not at_work:
        return None
    free = {agent.pk: agent for agent in at_work if agent.pk not in taken}
    ahead = _visits_ahead(free)
    chosen = rules.choose_agent(
        rules.Candidate(
            agent_id=agent.pk,
            ahead=ahead.get(agent.pk, 0),
            is_at_work_then=rules.is_at_work(agent.working_hours, visit.scheduled_date),
            rating=agent.user_satisfaction_rating,
        )
        for agent in free.values()
    )
    if chosen is None:
        raise refusals.VisitConflict("No agent is free at that time.")
    return free[chosen]


def _visits_ahead(agent_ids: Iterable[int]) -> dict[int, int]:
    ahead = Visit.objects.filter(agent_id__in=agent_ids, status__in=LIVE, scheduled_date__gte=clock.now())
    counted = ahead.order_by().values_list("agent_id").annotate(count=Count("pk"))
    return {agent_id: count for agent_id, count in counted if agent_id is not None}


def _store(visit: Visit) -> None:
    """After a clash the transaction can only be left, or a savepoint around this."""
    try:
        visit.save()
    except IntegrityError as clash:
        if isinstance(clash.__cause__, ExclusionViolation):
            raise refusals.VisitConflict from clash
        raise
