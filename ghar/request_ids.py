"""What tells one request from all others, in log lines, answers and counts."""

import random
import re
import uuid

_SANE = re.compile(r"[A-Za-z0-9._-]{8,128}\Z")


def new() -> str:
    """A random UUID. No secret: asking the kernel for secret bits would let go of Python's lock, which under load
    costs more than the rest of this."""
    return str(uuid.UUID(int=random.getrandbits(128), version=4))


def of(given: str) -> str:
    """The id that a client gave its request, when it is fit for a log line, and a new one otherwise."""
    return given if _SANE.match(given) else new()
