"""Demo visits: each demo seeker has one behind them, one agreed and one that waits for an answer."""

from datetime import datetime, timedelta

from django.db import transaction

from apps.accounts.services import demo as people
from apps.properties.services import demo as places
from apps.visits import rules
from apps.visits.models import Visit, VisitStatus
from ghar import clock, demo
from ghar.progress import Progress

_STAGES = ((-5, VisitStatus.COMPLETED), (3, VisitStatus.CONFIRMED), (10, VisitStatus.REQUESTED))
"""Days from now, and how far the visit has come."""
_SLOT = timedelta(hours=1)
_FIRST_HOUR = 10


def system_load_demo(progress: Progress) -> dict[str, int]:
    """Add visits for the demo seekers who have none. Seekers of one agent come at different hours."""
    with progress.bar("Visits", 1) as bar, transaction.atomic():
        before = list(Visit.objects.filter(is_seed_data=True).values_list("user_id", flat=True))
        listing_ids = places.system_demo_open_ids()
        seekers = list(enumerate(people.system_demo_users("seeker")))
        rows = [
            _visit(place, seeker.pk, seeker.agent_id, listing_ids, stage)
            for place, seeker in seekers
            if seeker.pk not in before and listing_ids
            for stage in range(len(_STAGES))
        ]
        Visit.objects.bulk_create(rows, ignore_conflicts=True)  # where something real takes the time already
        bar.advance()
        return {"visits": Visit.objects.filter(is_seed_data=True).count() - len(before)}


def system_clear_demo(progress: Progress) -> dict[str, int]:
    """Remove the demo visits, except those that name somebody real."""
    with progress.bar("Visits", 1) as bar:
        removed = demo.remove(Visit.objects.filter(is_seed_data=True))
        bar.advance()
    return {"visits removed": removed.gone, "visits kept, because real rows hang on them": len(removed.kept)}


def _visit(place: int, user_id: int, agent_id: int | None, listing_ids: list[int], stage: int) -> Visit:
    days, status = _STAGES[stage]
    begins = _begin(days + place // 8, place % 8)
    return Visit(
        user_id=user_id,
        property_id=listing_ids[(7 * place + stage) % len(listing_ids)],
        agent_id=agent_id,
        status=status,
        scheduled_date=begins,
        ends_at=begins + _SLOT,
        actual_date=begins if status == VisitStatus.COMPLETED else None,
        visitor_feedback="Bright rooms, and close to the metro." if status == VisitStatus.COMPLETED else None,
        reminder_due_at=None if status == VisitStatus.COMPLETED else rules.reminder_due_at(begins, clock.now()),
        is_seed_data=True,
    )


def _begin(days: int, hour: int) -> datetime:
    """An hour of a day from today on, in India's working hours."""
    return clock.midnight(clock.today() + timedelta(days=days)) + timedelta(hours=_FIRST_HOUR + hour)
