"""A live server with homes and visits, and a browser with three kinds of hosts that show widgets of it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page

from apps.discovery.models import Swipe
from apps.visits.models import Visit
from ghar import clock
from ghar.widgets import everything
from tests.architecture.sources import ROOT
from tests.journeys import browser as chromium
from tests.journeys import live, node
from tests.mcp.conftest import committed, post, token_for
from tests.support import rows
from tests.support.cast import Cast
from tests.support.listings import CENTRE, make_home, make_listing
from tests.support.visits import at, make_visit

WIDGETS = ROOT / "widgets"


@dataclass
class Place:
    """The server and what it knows."""

    base: str
    cast: Cast
    home_id: int
    other_ids: list[int]
    visit_id: int
    staff_visit_id: int
    token: str
    staff_token: str

    def swiped(self, property_id: int) -> bool | None:
        """Does the seeker like that home? None before they decided."""
        found = Swipe.objects.filter(user=self.cast.seeker, property_id=property_id)
        return committed(lambda: found.values_list("is_liked", flat=True).first())

    def visit(self, **which: Any) -> Visit:
        """The visit that is so."""
        return committed(lambda: Visit.objects.get(**which))

    def call(self, tool: str, given: dict[str, Any]) -> dict[str, Any]:
        """What a tool of the server answers the seeker."""
        headers = {"authorization": f"Bearer {self.token}"}
        answer = post(self.base, "tools/call", {"name": tool, "arguments": given}, **headers)
        return result_of(answer.text)


def result_of(text: str) -> dict[str, Any]:
    """The result in an answer, which is JSON or a stream of one event."""
    data = [line[5:] for line in text.splitlines() if line.startswith("data:")]
    return dict(json.loads(data[-1] if data else text)["result"])


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Place]:
    """Nine homes, one of them with pictures, and a visit to it, under a running server."""
    files = tmp_path_factory.mktemp("media")
    with rows.kept(django_db_blocker), live.server(MEDIA_ROOT=str(files), RATE_LIMITS="mcp=2000/60") as base:
        cast = Cast()
        cast.everyone()
        others = [
            make_listing(
                cast.owner, title=f"Quiet house {n}", bedrooms=2 + n % 2, city="Gurugram", locality="Sector 54",
                at=(CENTRE[0] + n / 500, CENTRE[1]), area_sqft=900 + 100 * n, bathrooms=2,
            ).pk
            for n in range(8)
        ]  # fmt: skip
        home = make_home(cast.owner, folder=files, media=f"{base}/media")
        visit = make_visit(cast.seeker, home, special_requirements="We come with a child.")
        hosted = make_visit(cast.tenant, home, agent=cast.agent_profile, begins=at(days=3))
        tokens = token_for(base, cast.seeker), token_for(base, cast.agent, path="/mcp-admin")
        yield Place(base, cast, home.pk, others, visit.pk, hosted.pk, *tokens)


@pytest.fixture(scope="session")
def packages() -> Path:
    """The folder of the widgets, with the packages of its lock file."""
    node.install(WIDGETS)
    return WIDGETS


@pytest.fixture(scope="session")
def hosts(packages: Path, tmp_path_factory: Any) -> Iterator[str]:
    """The origin of the hosts, which is not the server's: the official client and bridge, bundled, and the widgets."""
    folder = tmp_path_factory.mktemp("hosts")
    node.run("node", "hosts/build.mjs", folder / "host.js", folder=packages)
    (folder / "host.html").write_text(PAGE)
    (folder / "silent.html").write_text('<!doctype html><iframe src="PropertySearchWidget.html"></iframe>')
    (folder / "favicon.ico").touch()
    for widget in everything().values():
        (folder / f"{widget.name}.html").write_text(widget.html)
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def axe(packages: Path) -> str:
    """The accessibility checks of axe-core."""
    return (packages / "node_modules" / "axe-core" / "axe.min.js").read_text()


@pytest.fixture(scope="module")
def engine(place: Place) -> Iterator[Browser]:
    """One Chromium for a module."""
    if chromium.CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    with chromium.engine() as running:
        yield running


@dataclass
class Window:
    """A page with a widget in it, and what the browser complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(chromium.PATIENCE_MS)
        self.page.on("console", lambda said: said.type == "error" and self._note(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, complaint: str) -> None:
        if "status of 405" not in complaint:  # the official client asks whether the server has a stream of its own
            self.complaints.append(complaint)

    @property
    def frame(self) -> Frame:
        """Where the widget runs: the frame that the host made, else the page itself."""
        return self.page.frames[-1]

    def keep(self, name: str) -> None:
        """Save what is seen, for people to look at."""
        chromium.SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=chromium.SCREENSHOTS / f"widget-{name}.png", full_page=True)


@pytest.fixture
def context(engine: Browser, place: Place, hosts: str) -> Iterator[BrowserContext]:
    """A phone's window without any history. Nobody but the server is asked for anything."""
    asked: list[str] = []
    opened = engine.new_context(viewport={"width": 390, "height": 780}, reduced_motion="reduce")
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    opened.close()
    ours = (f"{place.base}/", f"{hosts}/", "about:", "data:")
    assert [url for url in asked if not url.startswith(ours)] == []


@pytest.fixture
def window(context: BrowserContext) -> Iterator[Window]:
    """A page that at the end has complained of nothing."""
    opened = Window(context.new_page())
    yield opened
    assert opened.complaints == []


Shower = Callable[..., Frame]


@pytest.fixture
def mcp_apps(window: Window, place: Place, hosts: str) -> Shower:
    """Show the result of a tool in an MCP Apps host; answers the frame of the widget."""

    def show(tool: str, given: dict[str, Any], *, token: str | None = place.token, path: str = "/mcp") -> Frame:
        page = window.page
        page.goto(f"{hosts}/host.html")
        options = {"endpoint": f"{place.base}{path}", **({"token": token} if token else {})}
        page.evaluate("([options, tool, given]) => show(options, tool, given)", [options, tool, given])
        return window.frame

    return show


PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Host</title>
<style>body { margin: 0 } iframe { display: block; width: 100%; border: 0 }</style>
<body><script src="host.js"></script></body></html>
"""

OPENAI = """
window.seen = { messages: [], states: [], links: [] }
window.openai = {
  theme: THEME, locale: 'en-IN', toolInput: INPUT, toolOutput: null, widgetState: STATE,
  callTool: (name, input) => window.callGhar(name, input),
  sendFollowUpMessage: async ({ prompt }) => { window.seen.messages.push(prompt) },
  setWidgetState: async (state) => { window.seen.states.push(state) },
  openExternal: ({ href }) => { window.seen.links.push(href) },
}
window.bring = (result) => {
  window.openai.toolOutput = result.structuredContent
  window.dispatchEvent(new CustomEvent('openai:set_globals', { detail: { globals: window.openai } }))
}
"""


@pytest.fixture
def openai(window: Window, place: Place, hosts: str) -> Shower:
    """Show the result of a tool in a host that puts itself into the page; `calls` may stand before the server."""

    def show(
        tool: str,
        given: dict[str, Any],
        *,
        widget: str,
        theme: str = "light",
        state: Any = None,
        calls: Callable[[str, dict[str, Any]], Any] = place.call,
    ) -> Frame:
        page = window.page
        page.expose_function("callGhar", calls)
        values = {"THEME": theme, "INPUT": given, "STATE": state}
        script = OPENAI
        for name, value in values.items():
            script = script.replace(name, json.dumps(value))
        page.add_init_script(script)
        page.goto(f"{hosts}/{widget}.html")
        page.evaluate("result => bring(result)", place.call(tool, given))
        return window.frame

    return show


@pytest.fixture
def standalone(window: Window, place: Place) -> Shower:
    """Show the result of a tool in the page of the server itself, with its own policy and the data written into it."""

    def show(tool: str, given: dict[str, Any], *, widget: str) -> Frame:
        data = json.dumps({"tool": tool, "input": given, "result": place.call(tool, given)}).replace("<", "\\u003c")

        def with_data(route: Any) -> None:
            answer = route.fetch()
            element = f'<script type="application/json" id="ghar-data">{data}</script><div id="app">'
            route.fulfill(response=answer, body=answer.text().replace('<div id="app">', element))

        address = f"{place.base}/api/v1/agent/widgets/{widget}"
        window.page.route(address, with_data)
        window.page.goto(address)
        return window.frame

    return show


def in_days(days: int) -> str:
    """An hour of the morning in India, so many days from now."""
    day = clock.now().astimezone(clock.INDIA) + timedelta(days=days)
    return day.replace(hour=10, minute=0, second=0, microsecond=0).isoformat()
