"""What a worker has loaded is shared with the processes that it forks, since no collection looks through it."""

import gc

import pytest
from celery.signals import worker_init

from config.celery import app


@pytest.fixture(autouse=True)
def nothing_spared():
    """The suite spares what it is made of itself."""
    gc.unfreeze()
    yield
    gc.freeze()


def test_what_is_loaded_is_spared_before_processes_are_forked():
    worker_init.send(sender=app)
    assert gc.get_freeze_count() > 10_000
