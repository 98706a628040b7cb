"""Whose turn it is on the processor, among the threads of a process that serves."""

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

logger = logging.getLogger(__name__)

_THREADS = Path("/proc/self/task")


@asynccontextmanager
async def uninterrupted() -> AsyncIterator[None]:
    """As a resource of the process: no thread is interrupted because another one of it has woken.

    A thread of Python's that wakes another one mostly still holds the lock that the other needs. Interrupted in favour
    of it, it keeps everybody waiting: the woken one finds the lock taken and sleeps again. Under Linux' policy for work
    that does not have to react at once (sched(7), SCHED_BATCH) the woken one begins when there is room, and a page
    takes 12 changes of threads in place of 17. Threads that are started later inherit it. One that was given another
    policy keeps that.
    """
    _change("SCHED_OTHER", "SCHED_BATCH")
    yield
    _change("SCHED_BATCH", "SCHED_OTHER")


def _change(usual: str, other: str) -> None:
    try:
        for thread in _THREADS.iterdir():
            with suppress(ProcessLookupError):  # it has ended meanwhile
                if os.sched_getscheduler(int(thread.name)) == getattr(os, usual):
                    os.sched_setscheduler(int(thread.name), getattr(os, other), os.sched_param(0))
    except (AttributeError, OSError) as unable:  # another system than Linux, or a container that forbids it
        logger.info("threads take turns as usual here: %s", unable)
