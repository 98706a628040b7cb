"""Tools of servers outside the platform, which the assistant may call. What speaks to them is `ghar.mcp.outside`.

Nothing of a person is handed to such a server but the arguments of a call, and nothing that it says is more than text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from ghar.errors import UpstreamFailed


class OutsideFailed(UpstreamFailed):
    """A server outside did not answer, or not usefully."""

    code = "OUTSIDE_TOOL_FAILED"


@dataclass(frozen=True)
class Server:
    """A server that was set up: what it is called, where it is, which of its tools may be used, and how long it has."""

    name: str
    url: str
    tools: frozenset[str]
    timeout_s: float = 10.0
    bearer: str = ""
    for_guests: bool = False


@dataclass(frozen=True)
class OutsideTool:
    """A tool of such a server, in the server's own words."""

    server: Server
    name: str
    description: str
    schema: Mapping[str, Any]


class Speaker(Protocol):
    """What speaks the protocol of these servers."""

    async def list_tools(self, server: Server, *, within_s: float) -> list[OutsideTool]:
        """The allowed tools that a server has. Raises OutsideFailed."""

    async def call_tool(self, tool: OutsideTool, arguments: Mapping[str, Any]) -> str:
        """What a tool says, cut. Raises OutsideFailed, also when the tool itself says that it failed."""


def servers() -> list[Server]:
    """Those that were set up (ASSISTANT_MCP_SERVERS), in their order."""
    return [Server(**described) for described in settings.ASSISTANT_MCP_SERVERS]


def speaker() -> Speaker:
    """The one that the settings name, because what services build on does not know the protocol."""
    found: Speaker = import_string(settings.OUTSIDE_SPEAKER)
    return found
