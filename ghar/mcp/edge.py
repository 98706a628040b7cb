"""The door of an MCP server: who calls, how often, from which page; everything else is the SDK's.

Anonymous calls are let in, because some tools need nobody; each tool asks for itself. A token that is shown and does
not hold is refused with 401, so that a client refreshes it. A client that begins to sign in only at a 401 asks for
`?sign_in=required`.
"""

import re
import time
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

import structlog
from django.conf import settings
from django.utils.module_loading import import_string
from mcp.server.lowlevel import Server
from mcp.server.transport_security import TransportSecuritySettings
from sse_starlette.sse import AppStatus
from starlette.datastructures import Headers

from ghar import limits, request_ids
from ghar.actors import ANONYMOUS, Actor
from ghar.api import failures
from ghar.asgi import replies
from ghar.asgi.types import ASGIApp, Message, Receive, Scope, Send
from ghar.auth.tokens import TokenInvalid
from ghar.db.threads import in_database
from ghar.errors import DomainError, NotAllowed, NotFound, NotSignedIn
from ghar.mcp.servers import build
from ghar.mcp.service import ACTOR, Service
from ghar.observability import metrics
from ghar.tools import SCOPES

CALLS = limits.Limit(120, 60)
"""Calls a minute of one person, or of one address without a token."""

MAX_BODY_BYTES = 1024 * 1024
_ORIGIN = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?\Z")

_HEADERS = (
    b"authorization, content-type, accept, mcp-protocol-version, mcp-session-id, mcp-method, mcp-name, last-event-id, "
    b"x-request-id"
)

Verifier = Callable[[str, str], Actor]


@cache
def _verifier() -> Verifier:
    """The function of the oauth area: (token, resource) to the actor it was granted for, or TokenInvalid."""
    verifier: Verifier = import_string(settings.MCP_TOKEN_VERIFIER)
    return verifier


Builder = Callable[[Service], Server[Any]]


def mount(service: Service, builder: Builder = build) -> ASGIApp:
    """A service as an ASGI application with its own lifespan.

    What is being answered when the process is asked to end has the time that `ghar.asgi.drain` leaves it. Under uvicorn
    the SDK's answers would be cut half a second after the signal, with the tool that was at work.
    """
    AppStatus.disable_automatic_graceful_drain()
    return Edge(service, builder)


def _application(service: Service, builder: Builder) -> ASGIApp:
    """What the SDK makes of a service. Its session manager can be run once only."""
    app: ASGIApp = builder(service).streamable_http_app(
        streamable_http_path=service.path,
        stateless_http=True,
        json_response=False,
        max_request_body_size=MAX_BODY_BYTES,
        transport_security=_transport_security(),
    )
    return app


def _transport_security() -> TransportSecuritySettings:
    """Hosts are checked here; origins by the edge, which must answer a preflight for them as well."""
    hosts = settings.ALLOWED_HOSTS
    return TransportSecuritySettings(
        enable_dns_rebinding_protection="*" not in hosts,
        allowed_hosts=[form for host in hosts for form in (host, f"{host}:*")],
        allowed_origins=[],
    )


class Edge:
    """One MCP server behind its door; built anew whenever its lifespan begins."""

    def __init__(self, service: Service, builder: Builder = build) -> None:
        self._service, self._builder = service, builder
        self._app = _application(service, builder)
        self._route = service.path.strip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            self._app = _application(self._service, self._builder)
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answer = _Answer(send, headers)
        began = time.perf_counter()
        try:
            await self._answer(scope, receive, answer, headers)
        finally:
            method = scope["method"] if scope["method"] in ("POST", "OPTIONS") else "other"
            metrics.REQUESTS.labels(method, self._route, answer.status).inc()
            metrics.SECONDS.labels(self._route).observe(time.perf_counter() - began)

    async def _answer(self, scope: Scope, receive: Receive, answer: "_Answer", headers: Headers) -> None:
        if refused := self._refusal(scope, headers):
            await answer.refuse(refused, self._service)
        elif scope["method"] == "OPTIONS":
            await answer.preflight()
        else:
            await self._admit(scope, receive, answer, headers)

    def _refusal(self, scope: Scope, headers: Headers) -> DomainError | None:
        if scope["path"] != self._service.path:
            return NotFound("There is no such path.", headers={"Cache-Control": "no-store"})
        if (origin := headers.get("origin")) is not None and not _may_ask(origin):
            return NotAllowed("This origin may not call.", headers={"Vary": "Origin"})
        if scope["method"] not in ("POST", "OPTIONS"):  # nothing is pushed, and there are no sessions to end
            refused = failures.with_status(HTTPStatus.METHOD_NOT_ALLOWED, "Only POST.")
            refused.headers["Allow"] = "POST, OPTIONS"
            return refused
        return None

    async def _admit(self, scope: Scope, receive: Receive, answer: "_Answer", headers: Headers) -> None:
        structlog.contextvars.bind_contextvars(request_id=answer.request_id)
        must_sign_in = "required" in parse_qs(scope["query_string"].decode("latin-1")).get("sign_in", [])
        try:
            address = limits.address_of(_peer(scope), headers.get("x-forwarded-for", ""))
            actor = await in_database(self._let_in, headers.get("authorization"), must_sign_in, address)
        except DomainError as refused:
            await answer.refuse(refused, self._service)
            return
        await self._app({**scope, "headers": _without_origin(scope), ACTOR: actor}, receive, answer)

    def _let_in(self, authorization: str | None, must_sign_in: bool, address: str) -> Actor:
        """Who calls, counted. One unit of work, because each costs a hop between threads."""
        actor = self._actor(authorization, must_sign_in)
        _count(actor, address)
        return actor

    def _actor(self, authorization: str | None, must_sign_in: bool) -> Actor:
        if not authorization:
            if must_sign_in:
                raise NotSignedIn
            return ANONYMOUS
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise TokenInvalid
        return _verifier()(token.strip(), self._service.resource)


def _without_origin(scope: Scope) -> list[tuple[bytes, bytes]]:
    """The headers for the SDK, which would hold an origin against a list of its own."""
    return [(name, value) for name, value in scope["headers"] if name != b"origin"]


def _count(actor: Actor, address: str) -> None:
    who = f"user:{actor.id}" if actor.is_signed_in else f"ip:{address}"
    limits.enforce(f"mcp:{who}", limits.configured("mcp", CALLS))


def _peer(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client else "unknown"


def _may_ask(origin: str) -> bool:
    """A page of this deployment, one that may call the API, or outside production anything on this machine."""
    if origin == settings.PUBLIC_BASE_URL or origin in settings.CORS_ALLOWED_ORIGINS:
        return True
    return settings.ENVIRONMENT != "production" and _ORIGIN.match(origin) is not None


class _Answer:
    """Sends an answer with what every answer of the platform carries: its id, and leave for a page to read it."""

    def __init__(self, send: Send, headers: Headers) -> None:
        self._send = send
        origin = headers.get("origin")
        self._origin = origin if origin is not None and _may_ask(origin) else None
        self.status = 499
        """What was answered; 499 when the client left before that."""
        self.request_id = request_ids.of(headers.get("x-request-id", ""))

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": [*message["headers"], *self._added()]}
        await self._send(message)

    def _added(self) -> list[tuple[bytes, bytes]]:
        added = [(b"x-request-id", self.request_id.encode())]
        if self._origin is not None:
            exposed = b"WWW-Authenticate, MCP-Protocol-Version, X-Request-ID, Retry-After"
            added += [
                (b"access-control-allow-origin", self._origin.encode()),
                (b"access-control-expose-headers", exposed),
                (b"vary", b"Origin"),
            ]
        return added

    async def preflight(self) -> None:
        """Leave to call. Tokens come in a header, so cookies are not let through."""
        headers = [
            (b"access-control-allow-methods", b"POST, OPTIONS"),
            (b"access-control-allow-headers", _HEADERS),
            (b"access-control-max-age", b"86400"),
            (b"content-length", b"0"),
        ]
        await self(replies.start(HTTPStatus.NO_CONTENT, headers))
        await self(replies.body(b""))

    async def refuse(self, error: DomainError, service: Service) -> None:
        """An HTTP refusal; 401 says where a token is to be had (RFC 9728), and for which scopes."""
        if error.status == HTTPStatus.UNAUTHORIZED:
            error.headers = {"WWW-Authenticate": _challenge(error, service)}
        await replies.send_whole(self, replies.refusal(error))


def _challenge(error: DomainError, service: Service) -> str:
    wrong = f', error="invalid_token", error_description="{error.message}"' if isinstance(error, TokenInvalid) else ""
    return f'Bearer resource_metadata="{service.metadata_url}", scope="{" ".join(SCOPES)}"{wrong}'
