"""The schedules that the code declares, as rows that the scheduler reads and staff may change.

A row remembers in its message headers what the code declared when it was last written. As long as its schedule is
still that one, a newly declared schedule replaces it; once staff have chosen another, theirs stays.
"""

import json
from collections import Counter
from datetime import timedelta
from typing import Any

from django.db import transaction
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from ghar import jobs
from ghar.clock import INDIA
from ghar.db import locks

UNITS = {"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
CRON_FIELDS = ("minute", "hour", "day_of_month", "month_of_year", "day_of_week")


@transaction.atomic
def sync() -> Counter[str]:
    """Write what is declared: how many were added, changed, kept as staff have them, unchanged, and removed."""
    locks.hold("schedules")
    declared = jobs.scheduled()
    counts = Counter(_sync_one(job, when) for job, when in declared.values())
    counts["removed"] = _remove_all_but(set(declared))
    return counts


def _sync_one(job: jobs.Job, when: jobs.When) -> str:
    row = PeriodicTask.objects.filter(name=job.name).select_related("interval", "crontab").first()
    if row is None:
        PeriodicTask.objects.create(name=job.name, task=job.name, description=_meaning(job), **_columns(when))
        return "added"
    written = _declared_in(row)
    if written == _text(when):
        return "unchanged"
    if _schedule_of(row) != written:
        return "kept"
    for name, value in _columns(when).items():
        setattr(row, name, value)
    row.save()
    return "changed"


def _remove_all_but(names: set[str]) -> int:
    """Rows that the code once declared and no longer does. What staff have added is theirs."""
    gone = [row for row in PeriodicTask.objects.exclude(name__in=names) if _declared_in(row)]
    for row in gone:
        row.delete()
    return len(gone)


def _meaning(job: jobs.Job) -> str:
    return (job.function.__doc__ or "").strip().partition("\n")[0]


def _declared_in(row: PeriodicTask) -> str:
    return str(json.loads(row.headers or "{}").get("declared", ""))


def _text(when: jobs.When) -> str:
    return when if isinstance(when, str) else f"{int(when.total_seconds())} s"


def _schedule_of(row: PeriodicTask) -> str:
    """The row's schedule in the words of `_text`; empty for kinds that code does not declare."""
    if row.interval is not None:
        return f"{row.interval.every * UNITS.get(row.interval.period, 0)} s"
    if row.crontab is not None and str(row.crontab.timezone) == INDIA.key:
        return " ".join(getattr(row.crontab, name) for name in CRON_FIELDS)
    return ""


def _columns(when: jobs.When) -> dict[str, Any]:
    """A run that finds no worker before the next one is due is dropped, so that runs do not pile up."""
    headers = json.dumps({"declared": _text(when)})
    if isinstance(when, timedelta):
        seconds = int(when.total_seconds())
        return {"interval": _interval(seconds), "crontab": None, "expire_seconds": seconds, "headers": headers}
    return {"interval": None, "crontab": _crontab(when), "expire_seconds": None, "headers": headers}


def _interval(seconds: int) -> IntervalSchedule:
    unit = next(name for name, length in UNITS.items() if seconds % length == 0)
    values = {"every": seconds // UNITS[unit], "period": unit}
    return IntervalSchedule.objects.filter(**values).first() or IntervalSchedule.objects.create(**values)


def _crontab(text: str) -> CrontabSchedule:
    values = dict(zip(CRON_FIELDS, text.split(" "), strict=True)) | {"timezone": INDIA}
    return CrontabSchedule.objects.filter(**values).first() or CrontabSchedule.objects.create(**values)
