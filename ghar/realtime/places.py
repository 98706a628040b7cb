"""How many readers a process keeps: a number, because each costs memory for as long as it stays."""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Gauge

from ghar.errors import Unavailable

NAME = "ghar_realtime_readers"
OPEN = Gauge(NAME, "Open streams and sockets.", ["kind"], multiprocess_mode="livesum")


class TooManyReaders(Unavailable):
    """This process keeps as many streams or sockets as it may."""

    code = "TOO_MANY_STREAMS"
    message = "Too many live connections. Please retry."


class Places:
    """Counts the readers of one kind. For one event loop only."""

    def __init__(self, kind: str, most: int) -> None:
        self._gauge = OPEN.labels(kind)
        self._most = most
        self._taken = 0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold a place. Raises TooManyReaders."""
        if self._taken >= self._most:
            raise TooManyReaders
        self._taken += 1
        self._gauge.inc()
        try:
            yield
        finally:
            self._taken -= 1
            self._gauge.dec()
