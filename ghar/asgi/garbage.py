"""Python's garbage collector in a process that serves.

Modules, models and routes stay as long as the process does. To look through all of them for garbage, as a full
collection does, stops every thread for a third of a second, and finds nothing.
"""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def spared() -> AsyncIterator[None]:
    """Spare what is there now from collections, as a resource of the process: the last one to open."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
