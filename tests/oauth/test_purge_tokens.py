"""What has run out is forgotten by the clock, and nothing else."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django_celery_beat.models import PeriodicTask

from apps.oauth.models import AuthorizationRequest, Client, Grant, TokenPair

JOB = "oauth.purge_tokens"
DAY = timedelta(days=1)


def age(days: int) -> None:
    """Let everything be that many days older."""
    for model, names in (
        (AuthorizationRequest, ["expires_at", "created_at"]),
        (TokenPair, ["access_expires_at", "refresh_expires_at", "created_at"]),
        (Grant, ["created_at"]),
    ):
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(**{name: getattr(row, name) - days * DAY for name in names})


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (AuthorizationRequest, Grant, TokenPair))


def test_what_lives_stays(app, tenant):
    granted = app.tokens(tenant)
    age(29)
    call_command("run_job", JOB)
    assert counts() == (1, 1, 1)
    assert app.refresh(granted["refresh_token"]).status_code == 200


def test_what_has_run_out_goes_and_the_app_stays(app, tenant):
    app.tokens(tenant)
    app.session()
    age(32)
    call_command("run_job", JOB)
    assert counts() == (0, 0, 0)
    assert Client.objects.filter(client_id=app.client_id).exists()


def test_a_used_token_is_remembered_as_long_as_it_could_come_back(app, tenant):
    granted = app.tokens(tenant)
    app.refresh(granted["refresh_token"])
    age(29)
    call_command("run_job", JOB)
    assert app.refresh(granted["refresh_token"]).json()["error"] == "invalid_grant"
    assert Grant.objects.get().ending == "token_reused"


@pytest.mark.django_db
def test_the_clock_knows_of_it():
    call_command("sync_schedules")
    scheduled = PeriodicTask.objects.get(task=JOB)
    assert scheduled.enabled
    assert (scheduled.interval.every, scheduled.interval.period) == (1, "hours")
