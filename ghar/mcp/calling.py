"""Calls of tools: asked for a person's yes where they destroy, told of on their way, and ended when nobody waits."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

import mcp_types as types

from ghar import calls, tools
from ghar.mcp import confirming, results
from ghar.mcp.service import Context, Service, actor_of
from ghar.tools import Outcome


async def call_tool(
    service: Service, context: Context, params: types.CallToolRequestParams
) -> types.CallToolResult | types.InputRequiredResult:
    """Call a tool as whoever the door let in."""
    declared = service.offers(params.name)
    given = dict(params.arguments or {})
    if declared is not None and declared.destructive:
        agreed = given.pop(confirming.ARGUMENT, None) is True
        if (refused := tools.refusal(actor_of(context), declared, given)) is not None:
            return results.shown(refused, metadata_url=service.metadata_url)
        if not agreed and (asked := confirming.ask(context, params, declared, given)) is not None:
            return asked
    outcome = await _carry_out(context, params.name if declared else "", given)
    return results.shown(outcome, metadata_url=service.metadata_url)


async def _carry_out(context: Context, name: str, given: Mapping[str, Any]) -> Outcome:
    reports = _Reports(context)
    call = calls.Call(tell=reports.add if reports.are_wanted else None)
    try:
        with calls.following(call):
            outcome = await tools.acall(actor_of(context), name, given)
        await reports.sent()
    finally:
        call.is_abandoned = True  # which nobody notices but work that goes on after the client has left
    return outcome


class _Reports:
    """What a call tells on its way, from its thread to the client that asked for it."""

    def __init__(self, context: Context) -> None:
        self._session = context.session
        self._loop = asyncio.get_running_loop()
        self._sent: list[Future[None]] = []
        self.are_wanted = bool(context.meta and context.meta.get("progress_token") is not None)

    def add(self, done: float, of: float | None, message: str | None) -> None:
        """Send one; called in the thread."""
        telling = self._session.report_progress(done, of, message)
        self._sent.append(asyncio.run_coroutine_threadsafe(telling, self._loop))

    async def sent(self) -> None:
        """Wait until all are on their way, because nothing may follow the result."""
        await asyncio.gather(*map(asyncio.wrap_future, self._sent))
