"""Admins pause a schedule, give it another time and run its job; agents do not see it."""

import pytest
from django.test import Client
from django.urls import reverse
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from ghar.schedules import beat
from tests.kernel.jobs import tasks  # noqa: F401 -- declares jobs.tick
from tests.kernel.jobs.live import noted
from tests.support.screens import act

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> PeriodicTask:
    beat.sync()
    return PeriodicTask.objects.get(name="jobs.greet_the_week")


@pytest.fixture
def browser(cast) -> Client:
    client = Client()
    client.force_login(cast.admin)
    return client


def test_the_list_shows_what_runs_and_when(browser, row):
    page = browser.get(reverse("admin:django_celery_beat_periodictask_changelist")).content.decode()
    assert "jobs.greet_the_week" in page
    assert "identity.purge_identity" in page
    assert "every hour" in page
    assert "Asia/Kolkata" in page


def test_a_schedule_is_paused(browser, row):
    path = reverse("admin:django_celery_beat_periodictask_change", args=[row.pk])
    answer = browser.post(path, {"enabled": "", "interval": "", "crontab": row.crontab_id})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.enabled, row.name) == (False, "jobs.greet_the_week")


def test_two_times_at_once_are_refused(browser, row):
    path = reverse("admin:django_celery_beat_periodictask_change", args=[row.pk])
    interval = PeriodicTask.objects.get(name="identity.purge_identity").interval_id
    answer = browser.post(path, {"enabled": "on", "interval": interval, "crontab": row.crontab_id})
    assert answer.status_code == 200
    assert "Only one of" in answer.content.decode()


def test_a_job_is_run_now(browser, row, settings, django_capture_on_commit_callbacks):
    settings.SERVERLESS = True
    tick = PeriodicTask.objects.get(name="jobs.tick")
    with django_capture_on_commit_callbacks(execute=True):
        act(
            browser,
            reverse("admin:django_celery_beat_periodictask_changelist"),
            {"action": "run_now", "_selected_action": [tick.pk]},
        )
    assert noted() == ["tick"]


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (IntervalSchedule, {"every": "7", "period": "hours"}),
        (
            CrontabSchedule,
            {"minute": "7", "hour": "3", "day_of_month": "*", "month_of_year": "*", "day_of_week": "*",
             "timezone": "Asia/Kolkata"},
        ),
    ],
)  # fmt: skip
def test_a_time_is_added_once(browser, kind, typed):
    path = reverse(f"admin:django_celery_beat_{kind._meta.model_name}_add")
    assert browser.post(path, typed).status_code == 302
    again = browser.post(path, typed)
    assert "This time is there already" in again.content.decode()
    assert kind.objects.count() == 1
