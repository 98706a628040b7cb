"""What a process that serves is made of, kept from garbage collection."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ghar import garbage


@asynccontextmanager
async def objects() -> AsyncIterator[None]:
    """As a resource of the process: the last one to open."""
    garbage.spare_what_is_there()
    yield
    gc.unfreeze()
