"""Both MCP servers inside the real application, under each server in turn."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from django.db import connection
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from apps.oauth import rules
from apps.oauth.models import Client as OAuthClient
from apps.oauth.models import Grant, TokenPair
from ghar import clock
from tests.kernel.asgi.live import PATIENCE_S, SERVERS
from tests.support import rows
from tests.support.cast import Cast
from tests.support.listings import make_listing

HEADERS = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-11-25"}


def committed(work: Callable[[], Any]) -> Any:
    """Do something outside the test's transaction, so that another process sees it."""

    def alone() -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(alone).result()


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """People and listings that another process sees."""
    with rows.kept(django_db_blocker):
        people = Cast()
        people.everyone()
        make_listing(people.owner, title="Three rooms", bedrooms=3)
        make_listing(people.owner, title="Two rooms", bedrooms=2)
        yield people


MANY_CALLS = "mcp=2000/60"
HERE: Any = {"timeout": PATIENCE_S, "trust_env": False, "verify": False}
"""How a server on this machine is asked: reading the certificates of others would take longer than the call."""


@pytest.fixture(scope="session")
def lone(lasting_server: Callable[..., str]) -> str:
    """The address of one running server, for what does not depend on its kind."""
    return lasting_server("uvicorn", RATE_LIMITS=MANY_CALLS)


@pytest.fixture(scope="module", params=SERVERS)
def base(request: pytest.FixtureRequest, cast: Cast, lasting_server: Callable[..., str]) -> str:
    """The address of a running server."""
    return lasting_server(request.param, RATE_LIMITS=MANY_CALLS)


def token_for(base: str, user: Any, *, path: str = "/mcp", scope: str = "mcp:read mcp:write") -> str:
    """An access token of that person, as the oauth area keeps it."""
    return committed(lambda: _token(f"{base}{path}", user, scope))


def _token(resource: str, user: Any, scope: str) -> str:
    client, _ = OAuthClient.objects.get_or_create(client_id="tests", defaults={"name": "Tests"})
    grant = Grant.objects.create(user=user, client=client, resource=resource, scope=scope)
    token = f"token-of-{user.id}-{grant.id}"
    later = clock.now() + timedelta(hours=1)
    TokenPair.objects.create(
        grant=grant,
        access_digest=rules.digest(token),
        refresh_digest=rules.digest(f"refresh-{token}"),
        scope=scope,
        access_expires_at=later,
        refresh_expires_at=later,
    )
    return token


def post(base: str, method: str, params: Any = None, *, path: str = "/mcp", **headers: str) -> httpx2.Response:
    """One JSON-RPC call as bytes on the wire."""
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}}
    named = {name.lower().replace("_", "-"): value for name, value in headers.items()}
    return httpx2.post(f"{base}{path}", json=body, headers=HEADERS | named, **HERE)


def answer_of(response: httpx2.Response) -> Any:
    """The JSON-RPC message in an answer, which is an event of a stream or plain JSON."""
    data = [line[5:] for line in response.text.splitlines() if line.startswith("data:")]
    return json.loads(data[-1] if data else response.text)


def ask(
    base: str,
    method: str,
    params: Any = None,
    *,
    token: str | None = None,
    path: str = "/mcp",
    modern: str | None = None,
) -> Any:
    """One call: the whole message that comes back. Of the handshake era, unless `modern` names what is called."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    if modern is not None:
        headers |= {"mcp-protocol-version": "2026-07-28", "mcp-method": method, "mcp-name": modern}
    response = post(base, method, params, path=path, **headers)
    assert modern is not None or response.status_code == 200, response.text
    return answer_of(response)


def talk(
    url: str,
    work: Callable[[Client], Coroutine[Any, Any, Any]],
    *,
    mode: str,
    token: str | None = None,
    **options: Any,
) -> Any:
    """Let the official client do something; `options` are the client's own."""

    async def run() -> Any:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        async with (
            httpx2.AsyncClient(headers=headers, **HERE) as http,
            Client(streamable_http_client(url, http_client=http), mode=mode, **options) as client,
        ):
            return await work(client)

    return asyncio.run(run())
