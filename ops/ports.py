"""Ports on the loopback address, and how one is kept for a server that does not listen yet."""

import socket
from dataclasses import dataclass

from ops.checkout import Checkout

HOST = "127.0.0.1"
PRIVATE_RANGE = range(20_000, 30_000)


@dataclass(frozen=True)
class Held:
    """A port that no other checkout takes; a context manager that gives it back."""

    number: int
    mark: socket.socket

    def __enter__(self) -> int:
        return self.number

    def __exit__(self, *_: object) -> None:
        self.mark.close()


def hold(port: int) -> Held | None:
    """Keep a free port from every other checkout on this machine; None when it is not free.

    The mark is the UDP port of the same number. One process alone can have it, it goes with that process, and it is in
    no server's way. A TCP socket would not do: one that lets the web process of this checkout listen beside it lets
    others do so too.
    """
    mark = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        mark.bind((HOST, port))
    except OSError:
        mark.close()
        return None
    if not can_be_listened_on(port):
        mark.close()
        return None
    return Held(port, mark)


def can_be_listened_on(port: int) -> bool:
    """Whether a server could listen on this port now, whoever may hold it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what is left of closed connections is no server
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def is_free(port: int) -> bool:
    """Whether nobody listens on this port of 127.0.0.1, and no checkout holds it."""
    held = hold(port)
    if held is None:
        return False
    with held:
        return True


def answers(host: str, port: int) -> bool:
    """Whether somebody accepts connections there."""
    try:
        with socket.create_connection((host, port), timeout=5):
            return True
    except OSError:
        return False


def next_free(first: int) -> int:
    """The first free port from this one upwards."""
    with hold_next(first) as port:
        return port


def hold_next(first: int) -> Held:
    """Hold the first free port from this one upwards."""
    return next(held for port in range(first, 65_536) if (held := hold(port)))


def private(checkout: Checkout, offset: int) -> int:
    """A free port for a service of this checkout, below the range that outgoing connections use.

    The search begins at a place of the checkout's own, so that two checkouts do not even meet while starting.
    """
    place = int(checkout.digest, 16) % (len(PRIVATE_RANGE) // 10)
    return next_free(PRIVATE_RANGE.start + place * 10 + offset)
