"""A rest for a provider that fails: after some failures in a row nobody asks it for a while, then one does."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog

from apps.notifications.gateways.port import NotSent, TryLater

log = structlog.get_logger(__name__)

FAILURES = 5
REST_S = 30.0


class Breaker:
    """One a provider and process; it may be used from several threads."""

    def __init__(self, provider: str) -> None:
        self._provider = provider
        self._lock = threading.Lock()
        self.close()

    def close(self) -> None:
        """Believe in the provider again."""
        self._failures, self._open_until = 0, 0.0

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Ask the provider inside. Raises TryLater without asking while it rests."""
        self._admit()
        try:
            yield
        except TryLater:
            self._note_failure()
            raise
        except NotSent:
            self._note_answer()
            raise
        self._note_answer()

    def _admit(self) -> None:
        """While it rests nobody passes; afterwards one does, and the others wait for what becomes of it."""
        with self._lock:
            now = time.monotonic()
            if now < self._open_until:
                rest = timedelta(seconds=self._open_until - now)
                raise TryLater(f"{self._provider} failed several times and is left alone.", after=rest, was_tried=False)
            if self._failures >= FAILURES:
                self._open_until = now + REST_S

    def _note_failure(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES:
                self._open_until = time.monotonic() + REST_S
                log.warning("a provider is left alone", provider=self._provider, failures=self._failures)

    def _note_answer(self) -> None:
        with self._lock:
            self.close()
