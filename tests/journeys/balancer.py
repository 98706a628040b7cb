"""A small TCP balancer on a loopback port: whoever connects gets the next server that takes connections."""

import contextlib
import itertools
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.journeys.cable import end_all, forward


class Balancer:
    """`behind` are the addresses of servers, and may change at any time. It keeps no connection when a server ends."""

    def __init__(self) -> None:
        self.behind: Sequence[str] = ()
        self._turn = itertools.count()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.base = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        end_all(self._listener)
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        behind = list(self.behind)
        start = next(self._turn)
        for number in range(len(behind)):
            place = urlsplit(behind[(start + number) % len(behind)])
            with contextlib.suppress(ConnectionError):
                server = socket.create_connection((place.hostname or "", place.port or 0))
                forward(client, server)
                return
        client.close()


@contextmanager
def balancer() -> Iterator[Balancer]:
    made = Balancer()
    try:
        yield made
    finally:
        made.close()
