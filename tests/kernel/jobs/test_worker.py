"""A real worker: it runs what was committed, takes over from one that died, and stops what kills."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
import structlog
from django.db import transaction

from ghar import jobs
from tests.kernel.jobs import tasks
from tests.kernel.jobs.live import ROOT, WORKER, Process, noted, running, until
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def worker(django_db_setup: None, own_redis: None) -> Iterator[Process]:
    with running(*WORKER, until_it_says="ready.") as process:
        yield process


def test_a_job_runs_after_the_commit_and_sees_what_was_written(worker):
    with transaction.atomic():
        with transaction.atomic():
            jobs.enqueue(tasks.count_people, Cast().owner.full_name)
            jobs.enqueue(tasks.speak)
            transaction.set_rollback(True)
        name = Cast().tenant.full_name
        jobs.enqueue(tasks.count_people, name)
        jobs.enqueue(tasks.speak)
    until(lambda: len(noted()) == 2, worker)
    assert noted() == [f"{name}: 1", "spoken"]


def test_the_log_of_a_job_has_the_request_that_asked_for_it(worker):
    with structlog.contextvars.bound_contextvars(request_id="request-1234"):
        jobs.enqueue(tasks.speak)
    until(lambda: "the job jobs.speak is done" in worker.said().partition("request-1234")[2], worker)
    lines = [json.loads(line) for line in worker.said().splitlines() if line.startswith("{")]
    (spoken,) = [line for line in lines if line["event"] == "spoken in the job"][-1:]
    assert (spoken["request_id"], spoken["job"]) == ("request-1234", "jobs.speak")


def test_a_failing_job_is_logged_and_the_worker_goes_on(worker):
    jobs.enqueue(tasks.fail)
    jobs.enqueue(tasks.speak)
    until(lambda: noted() == ["failing", "spoken"], worker)
    assert "LookupError: nothing is there" in worker.said()


def test_a_job_whose_worker_died_runs_again_although_the_lock_was_not_given_back(worker):
    jobs.enqueue(tasks.die_once)
    until(lambda: "ended" in noted(), worker)
    assert noted() == ["begun", "begun", "ended"]


def test_a_job_that_kills_every_worker_is_given_up(worker):
    jobs.enqueue(tasks.die_always)
    until(lambda: "the job jobs.die_always was given up" in worker.said(), worker)
    jobs.enqueue(tasks.speak)
    until(lambda: "spoken" in noted(), worker)
    assert noted() == ["begun"] * jobs.MOST_DELIVERIES + ["spoken"]


ENQUEUE = """
import django
django.setup()
from tests.kernel.jobs import tasks
from ghar import jobs
jobs.enqueue(tasks.speak)
print("went on")
"""


def test_a_queue_that_is_away_breaks_nothing_that_was_committed():
    done = subprocess.run(
        [sys.executable, "-c", ENQUEUE],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "REDIS_URL": "redis://127.0.0.1:1/0"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == "went on\n"
    assert "the job jobs.speak could not be queued" in done.stderr
