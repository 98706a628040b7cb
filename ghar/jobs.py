"""Work in the background: functions of an area's `tasks.py` that a worker runs, when asked or by the clock.

    @every(timedelta(hours=1))          # or "0 9 * * *", which is nine in the morning in India
    @job(once=True)
    def purge_identity() -> None:
        purge.system_purge()

    enqueue(send_letter, letter_id)     # in a handler: runs after the commit

A job takes ids, calls one service, and is right when it runs twice: a worker that dies gives its job back. What must
happen is not left to the queue: a row says that it is due, and a job by the clock looks for such rows.
"""

import inspect
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import Any, overload

import orjson
import structlog
from celery import shared_task
from celery.schedules import ParseException, crontab
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from redis.exceptions import RedisError

from ghar import once as locks
from ghar.errors import Conflict
from ghar.shared_redis import redis_client, rest_redis

logger = logging.getLogger(__name__)

SECONDS = 300
MOST_SECONDS = 3000  # below the hour after which the broker gives a job to somebody else
GRACE_S = 30  # between asking a job to end and ending its process
MOST_DELIVERIES = 3
PLAIN = (str, int, float, bool, type(None))

Function = Callable[..., Any]
When = str | timedelta


class Queue(StrEnum):
    """What waits for what. A free worker looks into them in this order, and may be started for some of them only."""

    ORDINARY = "ghar:jobs"
    HEAVY = "ghar:heavy"
    """What takes long or needs much memory, such as pictures."""
    BULK = "ghar:bulk"
    """What goes to many people."""
    MODELS = "ghar:models"
    """What loads a model into memory: one process works on it, so that it is loaded once."""


class AlreadyRunning(Conflict):
    """The job runs at this moment, and must not run twice at once."""

    code = "JOB_ALREADY_RUNNING"
    message = "This job is running already."


@dataclass(frozen=True, eq=False)
class Job:
    """A function with a name on the queue: `identity.purge_identity` for that function of `apps/identity/tasks.py`."""

    name: str
    function: Function
    once: bool
    seconds: int
    queue: Queue
    task: Any

    def __call__(self, *args: Any) -> Any:
        """Run it as the plain function that it is."""
        return self.function(*args)


_jobs: dict[str, Job] = {}
_schedules: dict[str, When] = {}


@overload
def job(function: Function, /) -> Job: ...
@overload
def job(*, once: bool = ..., seconds: int = ..., queue: Queue = ...) -> Callable[[Function], Job]: ...
def job(
    function: Function | None = None,
    /,
    *,
    once: bool = False,
    seconds: int = SECONDS,
    queue: Queue = Queue.ORDINARY,
) -> Job | Callable[[Function], Job]:
    """Declare a function as a job. It may take `seconds`; with `once`, no two runs with the same arguments overlap.
    A worker that looks into its `queue` runs it.

    Raises TypeError for a name that is taken, and for a time above what the broker waits.
    """
    if function is None:
        return partial(_declare, once=once, seconds=seconds, queue=queue)
    return _declare(function, once=once, seconds=seconds, queue=queue)


def _declare(function: Function, *, once: bool, seconds: int, queue: Queue) -> Job:
    name = f"{function.__module__.split('.')[-2]}.{function.__name__}"
    if name in _jobs:
        raise TypeError(f"There is a job {name} already.")
    if not 0 < seconds <= MOST_SECONDS:
        raise TypeError(f"{name}: a job takes at most {MOST_SECONDS} seconds; divide the work.")
    _jobs[name] = Job(name, function, once, seconds, queue, _task(name, seconds))
    return _jobs[name]


def _task(name: str, seconds: int) -> Any:
    @shared_task(name=name, bind=True, soft_time_limit=seconds, time_limit=seconds + GRACE_S)
    def carry_out(task: Any, *args: Any) -> None:
        _carry_out(_jobs[name], task.request, args)

    return carry_out


def route(name: str, *_: Any, **__: Any) -> dict[str, str] | None:
    """Which queue a job goes to, whoever asks for it; for the setting CELERY_TASK_ROUTES."""
    return {"queue": str(_jobs[name].queue)} if name in _jobs else None


def every(when: When) -> Callable[[Job], Job]:
    """Run the job by the clock: after each such time, or by five fields of cron, read in India.

    Staff may change the schedule. Raises TypeError for what is no schedule, and for a job that wants arguments.
    """
    _insist_on_a_schedule(when)

    def schedule(scheduled: Job) -> Job:
        if inspect.signature(scheduled.function).parameters:
            raise TypeError(f"{scheduled.name} takes arguments, which the clock does not have.")
        _schedules[scheduled.name] = when
        return scheduled

    return schedule


def _insist_on_a_schedule(when: When) -> None:
    if isinstance(when, timedelta):
        if when < timedelta(seconds=1) or when.microseconds:
            raise TypeError(f"{when} is not a whole number of seconds.")
        return
    try:
        crontab.from_string(when)
    except (ParseException, ValueError) as wrong:
        raise TypeError(f"{when!r} is not five fields of cron.") from wrong


def scheduled() -> dict[str, tuple[Job, When]]:
    """The jobs that run by the clock, with when, by name."""
    return {name: (_jobs[name], when) for name, when in sorted(_schedules.items())}


def find(name: str) -> Job | None:
    """The job of that name."""
    return _jobs.get(name)


def waiting() -> dict[str, int]:
    """How many jobs are where: in each queue, and taken by workers. Raises RedisError."""
    with redis_client().pipeline(transaction=False) as commands:
        for queue in Queue:
            commands.llen(str(queue))
        commands.hlen("unacked")
        *lengths, taken = commands.execute()
    return {**{f"in {queue}": length for queue, length in zip(Queue, lengths, strict=True)}, "taken by workers": taken}


def find_scheduled(name: str) -> Job | None:
    """The job of that name that runs by the clock, and so needs no arguments."""
    return _jobs[name] if name in _schedules else None


def enqueue(wanted: Job, *args: Any) -> None:
    """Have a worker run the job after the outermost transaction commits; what is rolled back asks for nothing.

    Arguments are ids and other plain values. Without workers (`SERVERLESS_ENABLED`) the job runs here, after the
    commit. A queue that cannot be reached, or a job that fails here, is logged: the caller's work is done and stays.
    """
    inspect.signature(wanted.function).bind(*args)
    if not all(type(value) in PLAIN for value in args):
        raise TypeError(f"{wanted.name} takes plain values, not {args!r}")
    transaction.on_commit(partial(_hand_over, wanted, args))


def _hand_over(wanted: Job, args: tuple[Any, ...]) -> None:
    try:
        if settings.SERVERLESS:
            run(wanted, *args)
        else:
            wanted.task.apply_async(args, headers=_trace())
    except Exception:
        logger.exception("the job %s could not be %s", wanted.name, "run" if settings.SERVERLESS else "queued")


def _trace() -> dict[str, str]:
    """The request that asks, so that a job's log lines can be found by it."""
    known = structlog.contextvars.get_contextvars()
    return {"request_id": known["request_id"]} if "request_id" in known else {}


def run(wanted: Job, *args: Any, token: str = "") -> Any:
    """Run a job here and now, and answer what it returns. Raises AlreadyRunning."""
    if not wanted.once:
        return wanted.function(*args)
    name = f"{wanted.name}:{orjson.dumps(args).decode()}"
    try:
        with locks.only_one(name, token=token or uuid.uuid4().hex, seconds=wanted.seconds + GRACE_S):
            return wanted.function(*args)
    except locks.Held as held:
        raise AlreadyRunning from held


def _carry_out(wanted: Job, request: Any, args: tuple[Any, ...]) -> None:
    """What a worker does. A job that comes back after its worker died has the same id, so its lock is its own."""
    known = {"job": wanted.name, "job_id": request.id, **_asked_by(request)}
    with structlog.contextvars.bound_contextvars(**known):
        if _kills_its_workers(request):
            logger.error("the job %s was given up: %s workers died of it", wanted.name, MOST_DELIVERIES)
            _keep_failure(wanted, args, f"It was given up: {MOST_DELIVERIES} workers died of it.", request)
            return
        try:
            run(wanted, *args, token=request.id)
        except AlreadyRunning:
            logger.info("the job %s is running already", wanted.name)
        except Exception as failure:
            _keep_failure(wanted, args, failure, request)
            raise
        else:
            logger.info("the job %s is done", wanted.name)


def _keep_failure(wanted: Job, args: tuple[Any, ...], error: Exception | str, request: Any) -> None:
    """Where admins find it (JOB_FAILURES)."""
    note: Function = import_string(settings.JOB_FAILURES)
    note(wanted.name, args, error, request_id=_asked_by(request).get("request_id", ""))


def _asked_by(request: Any) -> dict[str, str]:
    asked_by = (request.headers or {}).get("request_id")
    return {"request_id": asked_by} if asked_by else {}


def _kills_its_workers(request: Any) -> bool:
    """Has this delivery come back too often? Only what comes back is counted, so that an ordinary job costs nothing."""
    if not (request.delivery_info or {}).get("redelivered"):
        return False
    key = f"ghar:job:returned:{request.id}"
    try:
        returned = int(redis_client().incr(key))
        redis_client().expire(key, timedelta(days=1))
    except RedisError as fault:
        rest_redis(fault)
        return False
    return returned >= MOST_DELIVERIES
