"""Declared schedules become rows; what staff have changed stays."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from ghar import jobs
from ghar.schedules import beat
from tests.kernel.jobs import tasks

pytestmark = pytest.mark.django_db


def row() -> PeriodicTask:
    return PeriodicTask.objects.get(name="jobs.greet_the_week")


def declare(monkeypatch: pytest.MonkeyPatch, when: jobs.When) -> None:
    monkeypatch.setitem(jobs._schedules, tasks.greet_the_week.name, when)


def test_every_declared_schedule_is_written_once(capsys):
    call_command("sync_schedules")
    first = PeriodicTask.objects.count()
    call_command("sync_schedules")
    assert PeriodicTask.objects.count() == first == len(jobs.scheduled())
    assert capsys.readouterr().out.splitlines() == [f"Schedules: {first} added.", f"Schedules: {first} unchanged."]


def test_times_of_day_are_read_in_india():
    beat.sync()
    cron = row().crontab
    assert (cron.hour, cron.minute, cron.day_of_week, str(cron.timezone)) == ("9", "30", "1", "Asia/Kolkata")


def test_lengths_of_time_have_the_largest_unit_and_do_not_pile_up():
    beat.sync()
    purge = PeriodicTask.objects.get(name="identity.purge_identity")
    assert (purge.interval.every, purge.interval.period, purge.expire_seconds) == (1, "hours", 3600)


def test_a_newly_declared_schedule_replaces_the_old_one(monkeypatch):
    beat.sync()
    declare(monkeypatch, timedelta(minutes=90))
    assert beat.sync()["changed"] == 1
    assert (row().crontab, row().interval.every, row().interval.period) == (None, 90, "minutes")
    declare(monkeypatch, "0 8 * * *")
    assert beat.sync()["changed"] == 1
    assert (row().crontab.hour, row().interval) == ("8", None)


def test_what_staff_have_chosen_stays(monkeypatch):
    beat.sync()
    chosen = row()
    chosen.enabled = False
    chosen.crontab = None
    chosen.interval = IntervalSchedule.objects.create(every=2, period="days")
    chosen.save()
    declare(monkeypatch, "0 8 * * *")
    assert beat.sync()["kept"] == 1
    assert (row().enabled, row().interval.every) == (False, 2)


def test_a_paused_job_stays_paused_when_its_declared_time_changes(monkeypatch):
    beat.sync()
    PeriodicTask.objects.filter(name=row().name).update(enabled=False)
    declare(monkeypatch, "0 8 * * *")
    beat.sync()
    assert (row().enabled, row().crontab.hour) == (False, "8")


def test_a_schedule_that_is_no_longer_declared_goes_and_what_staff_added_stays(monkeypatch):
    beat.sync()
    own = IntervalSchedule.objects.create(every=2, period="days")
    PeriodicTask.objects.create(name="by staff", task="jobs.tick", interval=own)
    monkeypatch.delitem(jobs._schedules, tasks.greet_the_week.name)
    assert beat.sync()["removed"] == 1
    names = set(PeriodicTask.objects.values_list("name", flat=True))
    assert "by staff" in names
    assert tasks.greet_the_week.name not in names
