"""So many at a time and no more, over all processes of a deployment.

    PUSH = Semaphore("push", 10)

    with PUSH.slot(seconds=30, wait_s=5):
        ...

A slot has a time; then it is free again, whatever became of who had it. Like a once-only lock it is a convenience:
while the keeper is away everybody passes, because a provider that is asked too often is better than none that is asked.
"""

import logging
import random
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings

from ghar.errors import Unavailable
from ghar.store.port import StoreAway, keeper

logger = logging.getLogger(__name__)

POLL_S = 0.05


class NoSlot(Unavailable):
    """As many as may are at it."""

    code = "NO_SLOT"
    message = "Too many of these run at the moment. Please retry."


@dataclass(frozen=True)
class Semaphore:
    """A name and how many; the setting SEMAPHORES may say another number for the name."""

    name: str
    most: int

    @property
    def limit(self) -> int:
        """How many at a time."""
        chosen: int = settings.SEMAPHORES.get(self.name, self.most)
        return chosen

    @contextmanager
    def slot(self, *, seconds: float, wait_s: float = 0) -> Iterator[None]:
        """Have one inside the block, `seconds` at most, after waiting for it `wait_s` at most. Raises NoSlot."""
        token = uuid.uuid4().hex
        self._acquire(token, seconds, time.monotonic() + wait_s)
        try:
            yield
        finally:
            self._release(token)

    def _acquire(self, token: str, seconds: float, until: float) -> None:
        while not self._try(token, seconds):
            if time.monotonic() >= until:
                raise NoSlot
            time.sleep(POLL_S * (0.5 + random.random()))  # noqa: S311 - no secret

    def _try(self, token: str, seconds: float) -> bool:
        try:
            return keeper().acquire(self.name, token, limit=self.limit, lease_ms=round(seconds * 1000))
        except StoreAway:
            logger.warning("the slots of %s are not counted, because their keeper is away", self.name)
            return True

    def _release(self, token: str) -> None:
        try:
            keeper().release(self.name, token)
        except StoreAway:
            logger.warning("a slot of %s is free when its time is over", self.name)
