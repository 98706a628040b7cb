"""Pieces of work that end together: what a stream sends, and the client that may leave meanwhile."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from ghar.asgi.types import Receive


async def until_first(*work: Coroutine[Any, Any, Any]) -> None:
    """Run all of it until the first piece ends, then cancel the others. Raises what that piece raised."""
    tasks = [asyncio.ensure_future(piece) for piece in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


async def client_left(receive: Receive) -> None:
    """Return when the client of an HTTP request has left, or the process begins to end."""
    while (await receive())["type"] != "http.disconnect":
        pass
