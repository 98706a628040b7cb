"""What visits do by the clock."""

from datetime import timedelta

from apps.visits.services import reminders
from ghar.jobs import every, job


@every(timedelta(minutes=1))
@job(once=True)
def send_visit_reminders() -> None:
    """Remind people of visits a day, or an hour, ahead."""
    reminders.system_send_due_reminders()
