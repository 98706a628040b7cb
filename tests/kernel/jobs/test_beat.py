"""A real scheduler reads the rows and has a real worker run what is due."""

import pytest

from ghar.schedules import beat
from tests.kernel.jobs import tasks  # noqa: F401 -- declares what is scheduled
from tests.kernel.jobs.live import BEAT, WORKER, noted, running, until


@pytest.mark.django_db(transaction=True)
def test_what_is_due_runs_by_the_clock():
    beat.sync()
    with running(*WORKER, until_it_says="ready.") as worker, running(*BEAT, until_it_says="is starting") as clock:
        until(lambda: len(noted()) >= 2, clock)
        assert set(noted()) == {"tick"}
        assert "the job jobs.tick is done" in worker.said()
