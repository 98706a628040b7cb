"""What cannot work is refused where it is declared or asked for."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from ghar import jobs
from tests.kernel.jobs import tasks
from tests.kernel.jobs.live import noted


def test_two_jobs_of_one_name_are_refused():
    with pytest.raises(TypeError, match=r"a job jobs\.speak already"):
        jobs.job(tasks.speak.function)


def test_a_job_longer_than_the_queue_waits_is_refused():
    def endless() -> None: ...

    with pytest.raises(TypeError, match="at most 3000 seconds"):
        jobs.job(seconds=3600)(endless)


@pytest.mark.parametrize(
    "when", ["every day", "61 9 * * *", "0 9 * *", timedelta(0), timedelta(milliseconds=1500)], ids=str
)
def test_what_is_no_schedule_is_refused(when):
    with pytest.raises(TypeError):
        jobs.every(when)


def test_the_clock_has_no_arguments():
    with pytest.raises(TypeError, match=r"jobs\.count_people takes arguments"):
        jobs.every("0 9 * * *")(tasks.count_people)


@pytest.mark.parametrize("args", [(), ("a", "b"), (uuid4(),), ({"a": 1},)], ids=["none", "many", "uuid", "dict"])
def test_arguments_that_no_job_could_take_are_refused_at_once(args):
    with pytest.raises(TypeError):
        jobs.enqueue(tasks.count_people, *args)


@pytest.mark.django_db(transaction=True)
def test_without_workers_a_job_runs_after_the_commit_and_its_failure_is_not_the_callers(settings, caplog):
    settings.SERVERLESS = True
    with transaction.atomic():
        jobs.enqueue(tasks.fail)
        jobs.enqueue(tasks.speak)
        assert noted() == []
    assert noted() == ["failing", "spoken"]
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "the job jobs.fail could not be run"
    ]
