"""What a worker has loaded is shared with the processes that it forks, since no collection looks through it."""

import gc

import pytest
from celery.worker import WorkController

from config.celery import app
from ghar import garbage


@pytest.fixture(autouse=True)
def nothing_spared():
    """The suite spares what it is made of itself."""
    gc.unfreeze()
    yield
    garbage.look_seldom()
    gc.freeze()


def test_what_is_loaded_is_spared_when_a_worker_is_put_together():
    WorkController(app=app, concurrency=1)
    assert gc.get_freeze_count() > 10_000
