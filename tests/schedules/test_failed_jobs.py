"""What failed in a worker is kept with its error, counted, and run again by admins."""

import pytest
from django.test import Client
from django.urls import reverse

from ghar import clock, jobs
from ghar.models import FailedJob
from ghar.schedules import failures
from ghar.shared_redis import redis_client
from tests.kernel.jobs import tasks
from tests.kernel.jobs.live import WORKER, noted, running, until
from tests.support.screens import act

pytestmark = pytest.mark.django_db
LIST = "admin:ghar_failedjob_changelist"


@pytest.fixture
def browser(cast) -> Client:
    client = Client()
    client.force_login(cast.admin)
    return client


def fail(*arguments: object) -> FailedJob:
    failures.note("jobs.count_people", arguments, LookupError("nothing is there"), request_id="request-1")
    return FailedJob.objects.get(arguments=list(arguments))


def test_a_failure_is_counted_by_its_arguments():
    first = fail("Asha")
    again, other = fail("Asha"), fail("Ravi")
    assert (first.times, again.times, other.times) == (1, 2, 1)
    assert (again.request_id, "LookupError: nothing is there" in again.error) == ("request-1", True)
    assert again.failed_at > first.failed_at


@pytest.mark.django_db(transaction=True)
def test_a_worker_notes_what_fails_and_what_it_gives_up():
    with running(*WORKER, until_it_says="ready.") as process:
        jobs.enqueue(tasks.fail)
        jobs.enqueue(tasks.die_always)
        until(lambda: FailedJob.objects.count() == 2, process)
    assert "nothing is there" in FailedJob.objects.get(job="jobs.fail").error
    assert FailedJob.objects.get(job="jobs.die_always").error == "It was given up: 3 workers died of it."


def test_an_admin_reads_the_error_and_runs_it_again(browser, settings, cast, django_capture_on_commit_callbacks):
    settings.SERVERLESS = True
    row = fail(cast.admin.full_name)
    page = browser.get(reverse("admin:ghar_failedjob_change", args=[row.pk])).content.decode()
    assert "nothing is there" in page
    with django_capture_on_commit_callbacks(execute=True):
        act(browser, reverse(LIST), {"action": "run_again", "_selected_action": [row.pk]})
    assert (noted(), FailedJob.objects.count()) == ([f"{cast.admin.full_name}: 1"], 0)


def test_a_job_that_is_gone_stays(browser):
    failures.note("jobs.of_the_past", (), "It failed.", request_id="")
    act(browser, reverse(LIST), {"action": "run_again", "_selected_action": [FailedJob.objects.get().pk]})
    assert FailedJob.objects.count() == 1


def test_old_ones_are_forgotten():
    fail("new")
    FailedJob.objects.filter(pk=fail("old").pk).update(failed_at=clock.now() - 2 * failures.KEEP)
    assert (failures.forget_old(), FailedJob.objects.get().arguments) == (1, ["new"])


def test_an_admin_sees_what_waits(browser):
    redis_client().rpush("ghar:bulk", b"x", b"y")
    page = browser.get(reverse("admin:ghar_failedjob_background")).content.decode()
    rows = [" ".join(part.split()) for part in page.split("<tr")]
    assert any("Jobs in ghar:bulk" in row and ">2<" in row for row in rows)
    assert any("Jobs in ghar:jobs" in row and ">0<" in row for row in rows)
    assert any("Jobs taken by workers" in row and ">0<" in row for row in rows)


def test_agents_do_not_see_them(cast):
    client = Client()
    client.force_login(cast.agent)
    assert client.get(reverse(LIST)).status_code in (302, 403)
