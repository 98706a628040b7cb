"""Somebody with an MCP client and a browser: the official client, its OAuth, and a real consent page."""

import asyncio
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import httpx2
from mcp import Client
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientMetadata

from tests.journeys import browser
from tests.kernel.asgi.live import PATIENCE_S

PASSWORD = "a long enough phrase"


class Memory:
    """Where the client keeps what it was given."""

    def __init__(self) -> None:
        self.tokens: Any = None
        self.client: Any = None

    async def get_tokens(self) -> Any:
        return self.tokens

    async def set_tokens(self, tokens: Any) -> None:
        self.tokens = tokens

    async def get_client_info(self) -> Any:
        return self.client

    async def set_client_info(self, client_info: Any) -> None:
        self.client = client_info


class Landing:
    """The client's own page, where the browser comes back to."""

    def __init__(self) -> None:
        self.query: dict[str, list[str]] = {}
        self.came = threading.Event()
        landing = self

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path.startswith("/callback"):
                    landing.query = parse_qs(urlsplit(self.path).query)
                    landing.came.set()
                self.send_response(200)
                self.send_header("content-type", "text/html")
                self.end_headers()
                self.wfile.write(b"<title>Back</title>You may close this.")

            def log_message(self, *args: Any) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Page)
        self.url = f"http://127.0.0.1:{self.server.server_port}/callback"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def result(self) -> AuthorizationCodeResult:
        assert self.came.wait(PATIENCE_S), "the browser did not come back"
        told = {name: values[0] for name, values in self.query.items()}
        return AuthorizationCodeResult(code=told["code"], state=told.get("state"), iss=told.get("iss"))


GONE = ("ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET")
"""What the browser says of an app that ends as soon as it has its code, before its page has an icon."""


def consent(url: str, phone: str, base: str) -> list[str]:
    """A person at the consent page; what the browser complained of or asked elsewhere."""
    with browser.visitor(base) as window:
        page = window.page
        page.goto(url)
        assert "Connect Journey" in page.inner_text("h1")
        window.keep("mcp-consent")
        page.get_by_label("Phone or email").fill(phone)
        page.get_by_label("Password").fill("not the password")
        page.get_by_role("button", name="Sign in and allow").click()
        assert "does not match" in page.get_by_role("alert").inner_text()
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in and allow").click()
        page.wait_for_url("**/callback?*")
        elsewhere = [url for url in window.elsewhere if "/callback?" not in url and "favicon" not in url]
        refused = [text for text in window.complaints if "401" not in text and "/consent" not in text]
        return [*elsewhere, *(text for text in refused if base in text or not any(one in text for one in GONE))]


class Person:
    """Somebody with an MCP client and a browser."""

    def __init__(self, base: str, phone: str | None) -> None:
        self.base, self.phone, self.landing = base, phone or "", Landing()
        self.memory = Memory()
        self.complaints: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.landing.close()

    def connect(self, path: str, tool: str, *, mode: str = "auto", **arguments: Any) -> Any:
        """Call a tool with the official client, signing in when it is asked to."""
        return asyncio.run(self._connect(f"{self.base}{path}", tool, mode, arguments))

    async def _connect(self, url: str, tool: str, mode: str, arguments: dict[str, Any]) -> Any:
        async def open_browser(page: str) -> None:
            self.complaints += await asyncio.to_thread(consent, page, self.phone, self.base)

        async def come_back() -> AuthorizationCodeResult:
            return await asyncio.to_thread(self.landing.result)

        metadata = OAuthClientMetadata(
            client_name="Journey", redirect_uris=[self.landing.url], token_endpoint_auth_method="none"
        )
        sign_in = OAuthClientProvider(url, metadata, self.memory, open_browser, come_back)
        async with (
            httpx2.AsyncClient(auth=sign_in, timeout=PATIENCE_S, trust_env=False) as http,
            Client(streamable_http_client(url, http_client=http), mode=mode) as client,
        ):
            return await client.call_tool(tool, arguments)
