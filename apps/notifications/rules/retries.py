"""When a failed delivery is tried again."""

from datetime import timedelta

RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
SPREAD = 0.5
"""A wait is lengthened by up to half, so that what failed together does not come back together."""


def retry_after(attempts: int, *, chance: float) -> timedelta | None:
    """How long to wait after so many failures, `chance` being from 0 to 1; None to give up."""
    if attempts > len(RETRY_AFTER):
        return None
    return RETRY_AFTER[attempts - 1] * (1 + SPREAD * chance)
