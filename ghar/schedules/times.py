"""The times that schedules share: lengths of time, and times of day."""

from django.db import transaction
from django_celery_beat.models import CrontabSchedule, IntervalSchedule

from ghar.db import locks
from ghar.errors import Conflict


class TimeExists(Conflict):
    """Schedules share their times, so each is there once."""

    code = "TIME_EXISTS"
    message = "This time is there already: schedules share it."


@transaction.atomic
def add_time(row: IntervalSchedule | CrontabSchedule) -> None:
    """Keep a new time. Raises TimeExists."""
    locks.hold("schedules")
    columns = [column.attname for column in row._meta.concrete_fields if not column.primary_key]
    if type(row)._default_manager.filter(**{name: getattr(row, name) for name in columns}).exists():
        raise TimeExists
    row.save()
