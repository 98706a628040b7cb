"""Reminding people of visits. When that is due stands in the visit's row, so nothing is lost with a queue."""

from django.db import transaction

from apps.visits.events import VisitEvent
from apps.visits.models import LIVE, Visit
from apps.visits.services import announcing, telling
from ghar import clock
from ghar.actors import SYSTEM

_A_RUN = 500


def system_send_due_reminders() -> int:
    """Remind the people of visits whose time for that has come; answers of how many visits.

    Each visit is a transaction of its own: the notices and the mark that they were written are there together or not
    at all. A visit that another run holds is left to it, and of one that has begun nobody is reminded.
    """
    sent = 0
    for _ in range(_A_RUN):
        with transaction.atomic():
            visit = _next_due()
            if visit is None:
                break
            visit.reminder_due_at = None
            visit.save(update_fields=["reminder_due_at", "updated_at"])
            if visit.scheduled_date > clock.now():
                telling.system_remind(announcing.system_facts(VisitEvent, SYSTEM, visit))
                sent += 1
    return sent


def _next_due() -> Visit | None:
    due = Visit.objects.filter(status__in=LIVE, reminder_due_at__lte=clock.now()).order_by("reminder_due_at", "pk")
    people = due.select_related("agent", "user__agent", "property__owner__agent")
    return people.select_for_update(of=("self",), skip_locked=True).first()
