"""The MCP servers, built from what the areas declare. Only this package imports the MCP SDK."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import mcp_types as types
from django.conf import settings
from mcp.server.context import CallNext, HandlerResult
from mcp.server.lowlevel import Server

from ghar import tools
from ghar.actors import Actor
from ghar.mcp import asking, calling, confirming, paging, reading, results, watching
from ghar.mcp.service import Context, Service, actor_of
from ghar.tools import Tool

logging.getLogger("mcp").setLevel(logging.WARNING)  # it tells of the end of every request

UI = "io.modelcontextprotocol/ui"


def build(service: Service) -> Server[Any]:
    """The server of a service. Its handlers are asynchronous and reach the database in threads of ours alone."""
    server: Server[Any] = Server(
        service.name,
        title=service.title,
        version=settings.APP_VERSION,
        instructions=service.instructions,
        on_list_tools=partial(list_tools, service),
        on_call_tool=partial(calling.call_tool, service),
        on_list_resources=partial(reading.list_resources, service),
        on_list_resource_templates=partial(reading.list_templates, service),
        on_read_resource=partial(reading.read_resource, service),
        on_list_prompts=partial(asking.list_prompts, service),
        on_get_prompt=partial(asking.get_prompt, service),
        on_completion=partial(asking.complete, service),
        get_tool_input_schema=lambda name: results.schema(declared) if (declared := service.offers(name)) else None,
    )
    server.middleware += [watching.Watch(service), _Lists(service), confirming.boundary(service), _complete]
    return server


def offered(service: Service, actor: Actor) -> list[Tool]:
    """The tools that this actor may call; all that one may sign in for when nobody has."""
    return [one for one in tools.for_audiences(*service.audiences) if tools.shows(actor, one)]


async def list_tools(
    service: Service, context: Context, params: types.PaginatedRequestParams | None
) -> types.ListToolsResult:
    """A page of those tools."""
    shown, after = paging.page(offered(service, actor_of(context)), lambda one: one.name, params)
    return types.ListToolsResult(tools=[results.described(one) for one in shown], next_cursor=after)


class _Lists:
    """Remembers the finished lists of tools, one for each version of the protocol and choice of tools.

    Declarations do not change while a process runs, and describing, checking and dumping them anew costs milliseconds
    of every client's first call.
    """

    MOST = 64

    def __init__(self, service: Service) -> None:
        self._service = service
        self._known: dict[Any, Any] = {}

    async def __call__(self, ctx: Context, call_next: CallNext) -> HandlerResult:
        if ctx.method != "tools/list" or (ctx.params or {}).keys() - {"_meta"}:
            return await call_next(ctx)
        names = tuple(one.name for one in offered(self._service, actor_of(ctx)))
        key = (ctx.protocol_version, names)
        if key not in self._known:
            answer = await call_next(ctx)
            if len(self._known) >= self.MOST:
                self._known.clear()
            self._known[key] = answer
        return self._known[key]


async def _complete(ctx: Context, call_next: Callable[..., Awaitable[Any]]) -> Any:
    """Put back what the SDK drops from answers because the protocol's schema does not know it, and clients read."""
    answer = await call_next(ctx)
    if isinstance(answer, dict):
        if ctx.method in ("initialize", "server/discover"):
            for name in ("experimental", "extensions"):  # the former place, and today's
                answer["capabilities"].setdefault(name, {})[UI] = {}
        for one in answer.get("tools", []) if ctx.method == "tools/list" else []:
            schemes = one["_meta"]["securitySchemes"]
            one["securitySchemes"] = schemes
            one["annotations"]["securitySchemes"] = schemes
    return answer
