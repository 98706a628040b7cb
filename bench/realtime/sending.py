"""Notices that go out to many people while the provider fails and workers are killed."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial

from bench import database, processes
from bench.realtime import provider
from bench.realtime.cases import Outcome, Say, Size
from bench.realtime.provider import Provider
from bench.realtime.stage import Stage

CONCURRENCY = 2
KILLS = 6
MOST_S = 600
POLL_S = 0.5
STATES = """
SELECT (SELECT processed FROM notification_campaigns), (SELECT status FROM notification_campaigns),
  count(*), count(*) FILTER (WHERE status = 'pending'), count(*) FILTER (WHERE status = 'sent'),
  count(*) FILTER (WHERE status = 'parked'), count(*) FILTER (WHERE status = 'failed'),
  count(*) FILTER (WHERE status <> 'sent' AND failure = '')
FROM notification_deliveries
"""
TOLD = "SELECT count(*), count(DISTINCT user_id) FROM notifications"


@dataclass(frozen=True)
class State:
    """How far it is: people processed, and deliveries by what became of them; `silent` ones have no reason."""

    processed: int
    status: str
    deliveries: int
    pending: int
    sent: int
    parked: int
    failed: int
    silent: int


class Workers:
    """A worker of the platform that can be killed, and is followed by another one."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self.kills = 0
        self._start()

    def kill_a_child(self) -> None:
        """As the kernel does when memory runs out: one of the processes that run jobs."""
        children = [pid for pid in processes.tree(self._process.pid) if pid != self._process.pid]
        with contextlib.suppress(ProcessLookupError):
            if children:
                os.kill(random.choice(children), signal.SIGKILL)
                self.kills += 1

    def kill_all(self) -> None:
        """The same with all of them at once; another worker takes their place."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self.kills += CONCURRENCY
        self._start()

    def end(self) -> None:
        """For good. The group holds nothing but this worker."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _start(self) -> None:
        options = ["--loglevel", "ERROR", "--concurrency", str(CONCURRENCY), "--without-gossip", "--without-mingle"]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "config.celery", "worker", *options],
            cwd=database.ROOT,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def failing_provider(stage: Stage, size: Size, say: Say) -> Outcome:
    """Everybody is told, and each message is sent, or parked or given up with its reason; none twice."""
    outcome = Outcome("failing provider", "celery")
    with _campaign(stage, size.notices) as (push, _):
        began = time.perf_counter()
        enough = size.notices * 9 // 10
        _watch(stage, outcome.case, size.notices, say, until=partial(_has_ended, enough))
        seconds = time.perf_counter() - began
        state = _watch(stage, outcome.case, size.notices, say)
    outcome.figures |= {"messages_a_second": round(enough / seconds, 1)}
    repeated = _note(stage, outcome, size.notices, state, push)
    expected = sum(provider.failure_of(address) is None for address in _addresses(size.notices))
    outcome.check("messages that were accepted twice", repeated, repeated == 0)
    outcome.check("messages sent", state.sent, state.sent >= expected)
    return outcome


def killed_workers(stage: Stage, size: Size, say: Say) -> Outcome:
    """The same while workers are killed: a message is repeated only where its worker died before it noted the answer.

    A repetition has the tag of the first, so a device shows it once.
    """
    outcome = Outcome("killed workers", "celery")
    people = size.notices // 5
    with _campaign(stage, people) as (push, workers):
        for number in range(KILLS):
            enough = people * (number + 1) // (KILLS + 2)
            _watch(stage, outcome.case, people, say, until=partial(_has_ended, enough))
            workers.kill_all() if number == KILLS // 2 else workers.kill_a_child()
        state = _watch(stage, outcome.case, people, say)
        outcome.figures["killed_processes"] = workers.kills
    repeated = _note(stage, outcome, people, state, push)
    outcome.check("messages repeated for other reasons", max(0, repeated - workers.kills), repeated <= workers.kills)
    return outcome


def _has_ended(enough: int, state: State) -> bool:
    return state.sent + state.parked + state.failed >= enough


@contextmanager
def _campaign(stage: Stage, people: int) -> Iterator[tuple[Provider, Workers]]:
    """A campaign to so many people with a device each, workers, and the clock; all of it gone at the end."""
    with ExitStack() as stack:
        push = stack.enter_context(provider.running())
        variables = push.variables(database.ROOT / "var" / "bench")
        environment = stage.environment() | variables | {"DB_ROLE": "background", "LOG_LEVEL": "ERROR"}
        stage.inside("gather", people)
        workers = Workers(environment)
        stack.callback(workers.end)
        clock = subprocess.Popen(stage.command("keep_time"), cwd=database.ROOT, env=environment, stdin=subprocess.PIPE)
        stack.callback(clock.wait)
        stack.callback(clock.kill)
        stage.inside("begin_campaign")
        yield push, workers


def _watch(stage: Stage, case: str, people: int, say: Say, *, until: Callable[[State], bool] | None = None) -> State:
    """Wait until it is so far, or until everything has an end; tell how far it is every ten seconds."""
    deadline, tell_at = time.monotonic() + MOST_S, time.monotonic() + 10
    while True:
        state = State(*stage.ask(STATES))
        is_over = state.status == "done" and not state.pending
        if is_over or (until is not None and until(state)) or time.monotonic() > deadline:
            return state
        if time.monotonic() > tell_at:
            say(f"{case}: {state.processed:,} of {people:,} people, {state.pending:,} messages wait ...")
            tell_at += 10
        time.sleep(POLL_S)


def _note(stage: Stage, outcome: Outcome, people: int, state: State, push: Provider) -> int:
    """The figures and what must always hold; how often a message was accepted again."""
    told, persons = stage.ask(TOLD)
    repeated = sum(count - 1 for count in push.accepted.values())
    outcome.figures |= {
        "people": people,
        "told": persons,
        "sent": state.sent,
        "parked": state.parked,
        "given_up": state.failed,
        "accepted_twice": repeated,
        "asked": push.asked.total(),
    }
    outcome.check("people who were not told exactly once", abs(people - persons) + told - persons, people == told)
    outcome.check("messages without an end", state.pending, state.pending == 0 and state.deliveries == people)
    outcome.check("messages without a reason", state.silent, state.silent == 0)
    return repeated


def _addresses(people: int) -> list[str]:
    return [f"phone-{number}" for number in range(people)]
