"""What somebody waits for goes before what goes to many."""

import pytest

from ghar import jobs
from tests.kernel.jobs import tasks
from tests.kernel.jobs.live import WORKER, noted, running, until

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_goes_to_many_waits_for_what_somebody_waits_for():
    for number in range(3):
        jobs.enqueue(tasks.speak_to_many, f"many {number}")
    jobs.enqueue(tasks.speak)
    with running(*WORKER, until_it_says="ready.") as process:
        until(lambda: len(noted()) == 4, process)
    assert noted() == ["spoken", "many 0", "many 1", "many 2"]
