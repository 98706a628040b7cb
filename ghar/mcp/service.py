"""The two MCP servers: where each answers, what it calls itself, and whose tools, resources and prompts it offers."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from mcp.server.context import ServerRequestContext

from ghar import tools
from ghar.actors import Actor
from ghar.tools import Audience, Tool

Context = ServerRequestContext[Any, Any]
"""One request, as the SDK gives it to whatever answers."""

ACTOR = "ghar.actor"
"""Where the door leaves the actor in a request's scope."""


@dataclass(frozen=True)
class Service:
    """What one server is."""

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

    def has(self, declared: Tool) -> bool:
        """Is it for anybody whom this server is for?"""
        return bool(declared.on & self.audiences)

    def offers(self, name: str) -> Tool | None:
        """The tool of that name, if this server has it."""
        declared = tools.find(name)
        return declared if declared is not None and self.has(declared) else None


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


def actor_of(context: Context) -> Actor:
    """Who calls, as the door found out."""
    request: Any = context.request
    actor: Actor = request.scope[ACTOR]
    return actor
