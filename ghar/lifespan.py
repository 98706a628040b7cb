"""What a process opens when it starts and closes when it ends.

A resource is a named asynchronous context manager. Resources open in the order given and close in
reverse. Every step is isolated: one that fails or hangs is logged and reported, and the others go on.
Only a resource declared `required` stops the start.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

logger = logging.getLogger(__name__)

_draining = threading.Event()


def is_draining() -> bool:
    """Whether this process has been asked to end: readiness says no, while requests in flight finish."""
    return _draining.is_set()


def begin_draining() -> None:
    _draining.set()


class LifespanFailed(Exception):
    """A required resource did not open."""


@dataclass(frozen=True)
class Resource:
    """One thing a process holds while it runs.

    `enter` returns a fresh context manager each time. `timeout` bounds opening and closing, in seconds.
    """

    name: str
    enter: Callable[[], AbstractAsyncContextManager[Any]]
    required: bool = False
    timeout: float = 10.0


class Lifespan:
    """Opens resources in order and closes them in reverse. Open and close from the same task."""

    def __init__(self, resources: Iterable[Resource] = ()) -> None:
        self.resources = list(resources)
        self.failures: dict[str, str] = {}
        """Name of a resource that failed, and why: for the readiness report."""
        self._opened: list[tuple[Resource, AbstractAsyncContextManager[Any]]] = []

    async def open(self) -> None:
        """Open everything. Raises `LifespanFailed`, with everything closed again, if a required one fails."""
        self.failures.clear()
        for resource in self.resources:
            if await self._open_one(resource) or not resource.required:
                continue
            await self.close()
            raise LifespanFailed(f"{resource.name}: {self.failures[resource.name]}")

    async def close(self) -> None:
        """Close everything that was opened, last first. Never raises for a resource's failure."""
        while self._opened:
            resource, manager = self._opened.pop()
            try:
                async with asyncio.timeout(resource.timeout):
                    await manager.__aexit__(None, None, None)
            except Exception as failure:  # noqa: BLE001 -- reported; the others go on
                self._report(resource, "close", failure)

    async def _open_one(self, resource: Resource) -> bool:
        try:
            manager = resource.enter()
            async with asyncio.timeout(resource.timeout):
                await manager.__aenter__()
        except Exception as failure:  # noqa: BLE001 -- reported; the others go on
            self._report(resource, "open", failure)
            return False
        self._opened.append((resource, manager))
        return True

    def _report(self, resource: Resource, step: str, failure: Exception) -> None:
        self.failures[resource.name] = f"{step}: {failure!r}"
        logger.error("lifespan: %s did not %s", resource.name, step, exc_info=failure)
