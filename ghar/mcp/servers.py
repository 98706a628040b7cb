"""The two MCP servers, built from the registry of tools. Only this package imports the MCP SDK."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import mcp_types as types
from django.conf import settings
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server

from ghar import tools
from ghar.actors import Actor
from ghar.mcp import results
from ghar.tools import Audience, Tool

logging.getLogger("mcp").setLevel(logging.WARNING)  # it tells of the end of every request

ACTOR = "ghar.actor"
UI = "io.modelcontextprotocol/ui"


@dataclass(frozen=True)
class Service:
    """What one server is: where it answers, what it calls itself, and whose tools it offers."""

    path: str
    name: str
    title: str
    audiences: frozenset[Audience]
    instructions: str

    @property
    def resource(self) -> str:
        """The identifier that tokens for it are bound to (RFC 8707)."""
        return f"{settings.PUBLIC_BASE_URL}{self.path}"

    @property
    def metadata_url(self) -> str:
        """Where clients learn who grants those tokens (RFC 9728)."""
        return f"{settings.PUBLIC_BASE_URL}/.well-known/oauth-protected-resource{self.path}"

    def offers(self, name: str) -> Tool | None:
        """The tool of that name, if this server has it."""
        declared = tools.find(name)
        return declared if declared is not None and declared.on & self.audiences else None


USERS = Service(
    path="/mcp",
    name="ghar360-user",
    title="Ghar",
    audiences=frozenset({Audience.GUEST, Audience.USER}),
    instructions="Find homes in India, and act for the person who has signed in. Prices are rupees.",
)
STAFF = Service(
    path="/mcp-admin",
    name="ghar360-admin",
    title="Ghar for agents",
    audiences=frozenset({Audience.STAFF}),
    instructions="The work of agents and admins. Agents reach what belongs to the owners assigned to them.",
)
SERVICES = (USERS, STAFF)


def build(service: Service) -> Server[Any]:
    """The server of a service. Its handlers are asynchronous and reach the database through `tools.acall` alone."""

    async def list_tools(
        context: ServerRequestContext[Any, Any], params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[results.described(one) for one in tools.for_audiences(*service.audiences)])

    async def call_tool(
        context: ServerRequestContext[Any, Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        declared = service.offers(params.name)
        request: Any = context.request
        actor: Actor = request.scope[ACTOR]
        outcome = await tools.acall(actor, params.name if declared else "", params.arguments)
        return results.shown(outcome, metadata_url=service.metadata_url)

    async def list_resources(
        context: ServerRequestContext[Any, Any], params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=[])

    server: Server[Any] = Server(
        service.name,
        title=service.title,
        version=settings.APP_VERSION,
        instructions=service.instructions,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        get_tool_input_schema=lambda name: declared.schema if (declared := service.offers(name)) else None,
    )
    server.middleware.append(_complete)
    return server


async def _complete(ctx: ServerRequestContext[Any, Any], call_next: Callable[..., Awaitable[Any]]) -> Any:
    """Put back what the SDK drops from answers because the protocol's schema does not know it, and clients read."""
    answer = await call_next(ctx)
    if isinstance(answer, dict):
        if ctx.method == "initialize":
            answer["capabilities"].setdefault("experimental", {})[UI] = {}
        for one in answer.get("tools", []) if ctx.method == "tools/list" else []:
            schemes = one["_meta"]["securitySchemes"]
            one["securitySchemes"] = schemes
            one["annotations"]["securitySchemes"] = schemes
    return answer
