"""A real browser that notes what it asked for and what it complained about."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.journeys.live import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
SCREENSHOTS = ROOT / "var" / "screenshots"
OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)  # a busy machine takes long to draw a large document


@dataclass
class Visitor:
    """One browser window at a live server. `complaints` are console errors, exceptions and refusals of the policy."""

    page: Page
    base: str
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("console", lambda said: said.type == "error" and self._complained(said))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", lambda answer: answer.status >= 400 and self.complaints.append(answer.url))

    def _complained(self, said: ConsoleMessage) -> None:
        self.complaints.append(f"{said.text} {said.location['url']}")

    def _asked(self, url: str) -> None:
        if not url.startswith((f"{self.base}/", "data:", "blob:")):
            self.elsewhere.append(url)

    def go(self, path: str) -> Page:
        """Open a page of the server."""
        self.page.goto(self.base + path)
        return self.page

    def keep(self, name: str) -> None:
        """Save what is seen, for people to look at."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


@contextmanager
def engine() -> Iterator[Browser]:
    """One Chromium for many windows. Playwright keeps a loop in this thread, which Django takes for its own."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield running
        running.close()
        connections.close_all()  # beside a loop, Django keeps others than without one


@contextmanager
def window(running: Browser, base: str, **options: Any) -> Iterator[Visitor]:
    """A window without any history; `options` are those of Playwright's contexts."""
    context = running.new_context(viewport={"width": 1400, "height": 950}, **options)
    try:
        yield Visitor(context.new_page(), base)
    finally:
        context.close()


@contextmanager
def visitor(base: str, **options: Any) -> Iterator[Visitor]:
    """A window of a Chromium of its own, for whoever opens no other."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        try:
            with window(running, base, **options) as opened:
                yield opened
        finally:
            running.close()
