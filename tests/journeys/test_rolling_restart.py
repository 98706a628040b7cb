"""Two web processes are replaced one after the other, and everybody who listens sees the same in the same order.

Two browsers listen with an unmodified supabase-js and one curl with the stream, through a balancer, and events never
stop.
"""

import json
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Page

from ghar import notices
from tests.journeys import browser, live
from tests.journeys.balancer import balancer
from tests.kernel.asgi.live import until
from tests.realtime.conftest import variables
from tests.realtime.reader import PATH
from tests.support import issuer
from tests.support.cast import Cast

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(browser.CHROMIUM is None, reason="there is no Chromium on this machine"),
]
HERE = Path(__file__).resolve().parent
LIBRARY = HERE / "node_modules/@supabase/supabase-js/dist/umd/supabase.js"
PAUSE_S = 0.1
SERVERS = ("granian", "uvicorn")


class Curl:
    """`curl -N` in a loop: when its stream ends, it comes back with the id of the last event."""

    def __init__(self, base: str, token: str) -> None:
        self.shown: list[str] = []
        self.runs = 0
        self._last = ""
        self._ended = threading.Event()
        self._command = ["curl", "-sN", "--noproxy", "*", "-H", f"Authorization: Bearer {token}", f"{base}{PATH}"]
        self._running: subprocess.Popen[str] | None = None
        self._loop = threading.Thread(target=self._listen)

    def __enter__(self) -> "Curl":
        self._loop.start()
        until(lambda: self._last)
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._running is not None:
            self._running.terminate()
        self._loop.join()

    def _listen(self) -> None:
        while not self._ended.is_set():
            last = ["-H", f"Last-Event-ID: {self._last}"] if self._last else []
            with subprocess.Popen([*self._command, *last], stdout=subprocess.PIPE, text=True) as self._running:
                self.runs += 1
                for line in self._running.stdout or ():
                    self._note(*line.rstrip("\n").partition(": ")[::2])
            time.sleep(0.1)

    def _note(self, name: str, value: str) -> None:
        if name == "id":
            self._last = value
        elif name == "data" and (title := json.loads(value).get("title")):  # a reset has none: what follows counts
            self.shown.append(title)


class Speaker(threading.Thread):
    """Somebody is told one thing after the other, until it is enough."""

    def __init__(self, user_id: int) -> None:
        super().__init__()
        self.told: list[str] = []
        self._user_id = user_id
        self._enough = threading.Event()

    def run(self) -> None:
        try:
            while not self._enough.is_set():
                title = f"Notice {len(self.told)}"
                assert notices.send(user_id=self._user_id, key="app_update", title=title, body="")
                self.told.append(title)
                time.sleep(PAUSE_S)
        finally:
            connection.close()

    def go_on(self, count: int) -> None:
        """Wait for so many more."""
        enough = len(self.told) + count
        until(lambda: len(self.told) >= enough)

    def __enter__(self) -> "Speaker":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        self.join()


@pytest.fixture(scope="module")
def engine() -> Iterator[Browser]:
    """One Chromium for all of them."""
    with browser.engine() as running:
        yield running


@contextmanager
def app(engine: Browser, base: str, user_id: int, token: str) -> Iterator[Page]:
    """A browser that shares nothing with another, and has joined the person's channel."""
    with browser.window(engine, base, bypass_csp=True) as opened:
        page = opened.go("/health/live")
        page.add_script_tag(path=LIBRARY)
        key, topic = settings.SUPABASE_PUBLISHABLE_KEY, f"flatmates:user:{user_id}"
        page.evaluate((HERE / "browser_app.js").read_text(), {"base": base, "key": key, "topic": topic, "token": token})
        page.wait_for_function("app.joined")
        yield page


def in_app(page: Page) -> dict[str, Any]:
    said: dict[str, Any] = page.evaluate("app")
    return said


@pytest.mark.parametrize("server", SERVERS)
def test_everybody_sees_the_same_through_a_rolling_restart(
    engine: Browser, cast: Cast, server: str, node_packages: None
) -> None:
    token, user_id = issuer.token_for(cast.seeker), cast.seeker.pk
    with ExitStack() as stack:
        front = stack.enter_context(balancer())
        running = [stack.enter_context(live.process(server, **variables())) for _ in range(2)]
        front.behind = [base for base, _ in running]
        pages = [stack.enter_context(app(engine, front.base, user_id, token)) for _ in range(2)]
        curl = stack.enter_context(Curl(front.base, token))
        with Speaker(user_id) as speaker:
            for number in range(2):
                speaker.go_on(5)
                new = stack.enter_context(live.process(server, **variables()))
                running[number][1].terminate()
                running[number] = new
                front.behind = [base for base, _ in running]
            speaker.go_on(20)
        with suppress(AssertionError):  # the comparison says more
            until(lambda: all(len(shown) >= len(speaker.told) for shown in [curl.shown, *shown_by(pages)]))
        first, second = map(in_app, pages)
    assert curl.shown == speaker.told
    assert first["shown"] == speaker.told
    assert second["shown"] == speaker.told
    assert curl.runs > 1, "the stream was never broken off"
    assert first["joined"] + second["joined"] > 2, "no channel was ever broken off"


def shown_by(pages: list[Page]) -> list[list[str]]:
    return [in_app(page)["shown"] for page in pages]
