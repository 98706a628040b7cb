"""Tools of servers outside: which there are at the moment, and what one says.

What there is, is asked for every few minutes, not for every message. A server that does not answer is left alone for a
while, so that it slows nobody's chat down again and again.
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from apps.assistant.rules import borrowed
from apps.assistant.rules.pieces import Offer
from ghar import outside, tools
from ghar.actors import Actor
from ghar.errors import DomainError
from ghar.outside import OutsideFailed, OutsideTool, Server
from ghar.tools import Outcome

log = structlog.get_logger(__name__)

LISTED_WITHIN_S = 3.0
KNOWN_FOR_S, LEFT_ALONE_FOR_S = 300.0, 60.0


@dataclass(frozen=True)
class Outside:
    """What a turn may use of the world outside: tools by the names that models call them, and servers that are away."""

    tools: Mapping[str, OutsideTool]
    away: tuple[str, ...] = ()

    @property
    def offers(self) -> list[Offer]:
        """The tools as a provider reads of them."""
        return [
            Offer(name, borrowed.described(one.server.name, one.description), one.schema, is_outside=True)
            for name, one in self.tools.items()
        ]


_known: dict[Server, tuple[float, list[OutsideTool] | None]] = {}
"""Until when what a server has is known; None: it did not answer."""


async def gather(*, actor: Actor) -> Outside:
    """The tools outside that this person may use now. Never raises: a server that is away is named."""
    servers = [server for server in outside.servers() if actor.is_signed_in or server.for_guests]
    found = await asyncio.gather(*map(_tools_of, servers))
    away = tuple(server.name for server, listed in zip(servers, found, strict=True) if listed is None)
    named = {borrowed.name(one.server.name, one.name): one for listed in found for one in listed or []}
    return Outside({name: one for name, one in named.items() if name and tools.find(name) is None}, away)


async def _tools_of(server: Server) -> list[OutsideTool] | None:
    until, listed = _known.get(server, (0.0, None))
    if time.monotonic() < until:
        return listed
    try:
        listed = await outside.speaker().list_tools(server, within_s=min(LISTED_WITHIN_S, server.timeout_s))
    except OutsideFailed:
        listed = None
    _known[server] = (time.monotonic() + (LEFT_ALONE_FOR_S if listed is None else KNOWN_FOR_S), listed)
    return listed


async def call(*, actor: Actor, tool: OutsideTool, arguments: Mapping[str, Any]) -> Outcome:
    """What a tool outside says, marked as what nobody here has checked. The server is not told who asks."""
    log.info("a tool outside is called", server=tool.server.name, tool=tool.name)
    try:
        borrowed_text = await outside.speaker().call_tool(tool, arguments)
    except DomainError as failed:
        told = {"error": True, "code": failed.code, "message": failed.message}
        return Outcome(told, error=failed, arguments=dict(arguments))
    return Outcome(borrowed.marked(tool.server.name, borrowed_text), arguments=dict(arguments))
