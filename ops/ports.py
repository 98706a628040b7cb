"""Ports on the loopback address."""

import socket

from ops.checkout import Checkout

PRIVATE_RANGE = range(20_000, 30_000)


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of 127.0.0.1 now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
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
    return next(port for port in range(first, 65_536) if is_free(port))


def private(checkout: Checkout, offset: int) -> int:
    """A free port for a service of this checkout, below the range that outgoing connections use.

    The search begins at a place of the checkout's own, so that two checkouts do not even meet while starting.
    """
    place = int(checkout.digest, 16) % (len(PRIVATE_RANGE) // 10)
    return next_free(PRIVATE_RANGE.start + place * 10 + offset)
