"""Jobs for the tests. What they do is noted in Redis, where every process can see it."""

import os
import signal
from datetime import timedelta

import structlog

from apps.accounts.models import User
from ghar.jobs import Queue, every, job
from ghar.shared_redis import redis_client

log = structlog.get_logger(__name__)


def note(word: str) -> None:
    redis_client().rpush("noted", word)


@job
def count_people(name: str) -> None:
    """Notes how many people of that name can be seen."""
    note(f"{name}: {User.objects.filter(full_name=name).count()}")


@job
def speak() -> None:
    """Says something to the log."""
    log.info("spoken in the job")
    note("spoken")


@job(queue=Queue.BULK)
def speak_to_many(word: str) -> None:
    """Can wait."""
    note(word)


@job
def fail() -> None:
    """Fails."""
    note("failing")
    raise LookupError("nothing is there")


@job(once=True)
def die_once() -> None:
    """Takes its worker's process with it the first time."""
    note("begun")
    if redis_client().incr("deaths") == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    note("ended")


@job
def die_always() -> None:
    """Takes its worker's process with it every time."""
    note("begun")
    os.kill(os.getpid(), signal.SIGKILL)


@every(timedelta(seconds=1))
@job(once=True)
def tick() -> None:
    """Notes that the clock ticked."""
    note("tick")


@every("30 9 * * 1")
@job(once=True)
def greet_the_week() -> None:
    """Notes that a week begins."""
    note("monday")
