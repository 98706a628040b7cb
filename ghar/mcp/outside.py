"""The platform as a client of MCP servers outside, for the assistant. They are trusted with nothing: what they answer
is bounded in time and size, and is text.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import mcp_types as types
import structlog
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from ghar import jsonable
from ghar.outside import OutsideFailed, OutsideTool, Server

log = structlog.get_logger(__name__)

MOST_BYTES = 2 * 1024 * 1024
"""Of all that a server sends in one answer."""

LONGEST_TEXT = 8_000
LONGEST_DESCRIPTION = 1_000
LONGEST_SCHEMA = 10_000
MOST_PAGES = 10


class _TooMuch(Exception):
    """An answer does not end."""


class _Counted(httpx2.AsyncByteStream):
    """The bytes of an answer, as many as may be."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        came = 0
        async for part in self._stream:
            came += len(part)
            if came > MOST_BYTES:
                raise _TooMuch
            yield part

    async def aclose(self) -> None:
        """Let go of the connection."""
        await self._stream.aclose()


class _Bounded(httpx2.AsyncHTTPTransport):
    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """An answer whose body ends in time."""
        answer = await super().handle_async_request(request)
        answer.stream = _Counted(answer.stream)
        return answer


class McpSpeaker:
    """See `ghar.outside.Speaker`. Each piece of work has a connection of its own, which ends with it."""

    async def list_tools(self, server: Server, *, within_s: float) -> list[OutsideTool]:
        """The allowed tools that a server has; those whose description nobody could use are left out."""
        async with _connected(server, within_s) as client:
            found = await _all_tools(client)
            return [_described(server, one) for one in found if one.name in server.tools and _is_usable(one)]

    async def call_tool(self, tool: OutsideTool, arguments: Mapping[str, Any]) -> str:
        """What a tool says."""
        async with _connected(tool.server, tool.server.timeout_s) as client:
            result = await client.call_tool(tool.name, dict(arguments))
        said = _text_of(result)[:LONGEST_TEXT]
        if result.is_error:
            raise OutsideFailed(f"{tool.server.name} could not do that: {said[:200]}")
        return said


speaker = McpSpeaker()


@asynccontextmanager
async def _connected(server: Server, within_s: float) -> AsyncIterator[Client]:
    """A client for one piece of work. Whatever goes wrong within is an OutsideFailed; its cause stays in the log."""
    headers = {"User-Agent": "ghar/assistant"}
    if server.bearer:
        headers["Authorization"] = f"Bearer {server.bearer}"
    try:
        async with (
            asyncio.timeout(within_s),
            httpx2.AsyncClient(headers=headers, timeout=within_s, transport=_Bounded(), trust_env=False) as http,
            Client(streamable_http_client(server.url, http_client=http), read_timeout_seconds=within_s) as client,
        ):
            yield client
    except TimeoutError as slow:
        raise OutsideFailed(f"{server.name} did not answer within {within_s:g} seconds") from slow
    except Exception as fault:  # a stranger's server may make the SDK fail in any way
        log.warning("a server outside failed", server=server.name, error=repr(fault))
        raise OutsideFailed(f"{server.name} did not answer") from fault


async def _all_tools(client: Client) -> list[types.Tool]:
    found: list[types.Tool] = []
    cursor = None
    for _ in range(MOST_PAGES):
        page = await client.list_tools(cursor=cursor)
        found += page.tools
        if (cursor := page.next_cursor) is None:
            break
    return found


def _is_usable(tool: types.Tool) -> bool:
    return len(jsonable.dumps(tool.input_schema)) <= LONGEST_SCHEMA


def _described(server: Server, tool: types.Tool) -> OutsideTool:
    return OutsideTool(server, tool.name, (tool.description or tool.name)[:LONGEST_DESCRIPTION], tool.input_schema)


def _text_of(result: types.CallToolResult) -> str:
    """The words of a result, fit to be stored; of pictures, sounds and files only that they were there."""
    parts = [one.text if isinstance(one, types.TextContent) else f"[{one.type} left out]" for one in result.content]
    if not parts and result.structured_content is not None:
        parts = [jsonable.dumps(result.structured_content).decode()]
    return "\n".join(parts).encode("utf-8", "replace").decode().replace("\x00", "")
