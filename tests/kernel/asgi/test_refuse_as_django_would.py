"""What is refused before Django has it carries what Django's own refusals carry, so that a page can read it."""

import asyncio
import threading
from collections.abc import Iterator
from email.message import Message as Head
from typing import Any

import pytest

from ghar.api import edge
from ghar.asgi.bridge import MIB, WsgiBridge
from ghar.asgi.types import Message, Scope
from tests.kernel.asgi.live import SERVERS, Answer, Server

ALLOWED, FOREIGN = "http://localhost:3000", "https://evil.example"
OF_ONE_ANSWER = {"connection", "content-length", "date", "server", "x-request-id"}
OF_THE_LIMIT = "x-ratelimit"


@pytest.fixture(scope="module", params=SERVERS)
def project(request: pytest.FixtureRequest) -> Iterator[Server]:
    with Server(request.param, "config.asgi:application", MAX_BODY_MB="1") as running:
        yield running


def _headers(head: Head) -> dict[str, str]:
    """What two refusals have in common."""
    headers = {name.lower(): value for name, value in head.items()}
    return {
        name: value
        for name, value in headers.items()
        if name not in OF_ONE_ANSWER and not name.startswith(OF_THE_LIMIT)
    }


def _too_large(project: Server, path: str, **headers: str) -> Answer:
    return project.request("POST", path, b"x" * (MIB + 1), headers)


@pytest.mark.parametrize("headers", [{}, {"Origin": ALLOWED}, {"Origin": FOREIGN}], ids=["none", "allowed", "foreign"])
def test_a_body_that_is_too_large_is_refused_with_djangos_headers(project: Server, headers: dict[str, str]) -> None:
    refused = _too_large(project, "/api/v1/nowhere", **headers)
    unknown = project.get("/api/v1/nowhere", headers)
    assert (refused.status, refused.json()["error"]["code"]) == (413, "FILE_TOO_LARGE")
    assert unknown.status == 404
    assert _headers(refused.headers) == _headers(unknown.headers)


def test_pages_of_allowed_origins_alone_may_read_it(project: Server) -> None:
    allowed = _too_large(project, "/api/v1/upload", Origin=ALLOWED).headers
    assert allowed["Access-Control-Allow-Origin"] == ALLOWED
    assert allowed["Access-Control-Allow-Credentials"] == "true"
    assert "origin" in allowed["Vary"]
    assert "Access-Control-Allow-Origin" not in _too_large(project, "/api/v1/upload", Origin=FOREIGN).headers


def test_a_refusal_has_the_id_of_its_request(project: Server) -> None:
    given = _too_large(project, "/api/v1/upload", **{"X-Request-ID": "upload-of-roof-1"}).headers["X-Request-ID"]
    made = _too_large(project, "/api/v1/upload").headers["X-Request-ID"]
    assert given == "upload-of-roof-1"
    assert len(made) == 36


def test_a_refusal_is_worded_as_its_address_words_them(project: Server) -> None:
    assert _too_large(project, "/auth/v1/token").json() == {
        "code": 413,
        "error_code": "file_too_large",
        "msg": "The request body is too large. Maximum size is 1MB",
    }


class Busy:
    """A bridge whose one thread is busy, and whose line is full, until it is left."""

    def __init__(self) -> None:
        self._free = threading.Event()
        self._begun = threading.Event()
        self._bridge = WsgiBridge(self._wait, threads=1, queue=0, refuse=edge.refuse)

    def _wait(self, _environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self._begun.set()
        self._free.wait()
        start_response("204 No Content", [])
        return []

    async def answer(self, method: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """What a request is told meanwhile."""
        first = asyncio.create_task(self._ask("GET", {}))
        await asyncio.to_thread(self._begun.wait)
        try:
            return await self._ask(method, headers)
        finally:
            self._free.set()
            await first

    async def _ask(self, method: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        await self._bridge(_scope(method, headers), asyncio.Event().wait, send)  # type: ignore[arg-type]
        start, body = sent
        return start["status"], {k.decode(): v.decode() for k, v in start["headers"]}, body["body"]


def _scope(method: str, headers: dict[str, str]) -> Scope:
    return {
        "type": "http",
        "method": method,
        "path": "/api/v1/properties",
        "query_string": b"",
        "http_version": "1.1",
        "headers": [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()],
    }


def test_a_page_may_read_that_the_line_is_full() -> None:
    status, headers, _ = asyncio.run(Busy().answer("GET", origin=ALLOWED))
    assert status == 503
    assert headers["retry-after"] == "1"
    assert headers["access-control-allow-origin"] == ALLOWED
    assert headers["x-content-type-options"] == "nosniff"


def test_a_page_may_go_on_to_read_it_after_a_preflight() -> None:
    asked = {"origin": ALLOWED, "access_control_request_method": "POST"}
    status, headers, body = asyncio.run(Busy().answer("OPTIONS", **asked))
    assert (status, body) == (200, b"")
    assert "POST" in headers["access-control-allow-methods"]
    assert headers["content-length"] == "0"
