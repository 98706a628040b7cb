"""Namespaces and a semaphore of the tests, the same in every process."""

from ghar.store.namespaces import Namespace, on_expiry
from ghar.store.semaphores import Semaphore

THINGS = Namespace("test_things", most_entries=1000, most_bytes=1_000_000)
FEW_THINGS = Namespace("test_few_things", most_entries=3, most_bytes=100)
TOLD = Namespace("test_told", most_entries=1000, most_bytes=1_000_000)
FEW = Semaphore("test_few", 2)

told: list[tuple[str, bytes]] = []
failing: set[str] = set()


@on_expiry(TOLD)
def note_it(key: str, value: bytes) -> None:
    """What the tests look at."""
    if key in failing:
        raise LookupError(key)
    told.append((key, value))
