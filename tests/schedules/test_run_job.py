"""A scheduled job is run by hand: by the command, and over HTTP with the scheduler's key."""

import pytest
from django.core.management import CommandError, call_command

from ghar import once
from tests.kernel.jobs import tasks  # noqa: F401 -- declares jobs.tick
from tests.kernel.jobs.live import noted

KEY = "a-key-for-the-scheduler"
HEADERS = {"HTTP_AUTHORIZATION": f"Bearer {KEY}"}
LOCK = "jobs.tick:[]"


@pytest.fixture
def keyed(settings):
    settings.CRON_SECRET = KEY


def test_the_command_runs_it(capsys):
    call_command("run_job", "jobs.tick")
    assert noted() == ["tick"]
    assert capsys.readouterr().out == "jobs.tick is done.\n"


def test_the_command_names_the_jobs_there_are():
    with pytest.raises(CommandError, match=r"no scheduled job 'tock'.*identity\.purge_identity"):
        call_command("run_job", "tock")


def test_the_command_does_not_run_what_runs():
    with once.only_one(LOCK, token="another", seconds=60), pytest.raises(CommandError, match="running already"):
        call_command("run_job", "jobs.tick")
    assert noted() == []


@pytest.mark.django_db
def test_the_key_opens_the_door(api, keyed):
    answer = api.post("/api/v1/jobs/jobs.tick/run", **HEADERS)
    assert (answer.status_code, answer.json()) == (200, {"job": "jobs.tick", "status": "completed"})
    assert noted() == ["tick"]


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer another", KEY])
def test_without_the_key_it_stays_shut(api, keyed, given):
    answer = api.post("/api/v1/jobs/jobs.tick/run", HTTP_AUTHORIZATION=given)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "CRON_KEY_REFUSED")
    assert noted() == []


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["", "Bearer "])
def test_a_deployment_without_a_key_lets_nobody_in(api, settings, given):
    settings.CRON_SECRET = ""
    assert api.post("/api/v1/jobs/jobs.tick/run", HTTP_AUTHORIZATION=given).status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["tock", "jobs.speak"])
def test_only_scheduled_jobs_are_run(api, keyed, name):
    answer = api.post(f"/api/v1/jobs/{name}/run", **HEADERS)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "JOB_NOT_FOUND")


@pytest.mark.django_db
def test_what_runs_is_not_run_twice(api, keyed):
    with once.only_one(LOCK, token="another", seconds=60):
        answer = api.post("/api/v1/jobs/jobs.tick/run", **HEADERS)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "JOB_ALREADY_RUNNING")
