"""PostgreSQL or Redis goes away under load and comes back: clean answers all the time, and recovery by itself."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx2
import pytest
from django.conf import settings

from tests.journeys import live
from tests.journeys.cable import Cable
from tests.kernel.asgi.live import PATIENCE_S
from tests.support.cast import Cast
from tests.support.listings import make_listing

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PATHS = ("/api/v1/properties", "/api/v1/amenities", "/health/live")
AWAY_S = 2.0


@contextmanager
def through(url: str) -> Iterator[tuple[Cable, str]]:
    """A cable to the service of a URL, and the URL that leads through it."""
    parts = urlsplit(url)
    cable = Cable(parts.hostname or "127.0.0.1", parts.port or 0)
    try:
        yield cable, url.replace(f":{parts.port}/", f":{cable.port}/")
    finally:
        cable.cut()


class Load:
    """A few clients that ask without pause, and what they were answered."""

    def __init__(self, base: str) -> None:
        self._base, self._ended = base, threading.Event()
        self._answers: list[tuple[float, str, int, str]] = []
        self._clients = [threading.Thread(target=self._ask, args=(path,)) for path in PATHS for _ in range(2)]

    def __enter__(self) -> "Load":
        for client in self._clients:
            client.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for client in self._clients:
            client.join()

    def _ask(self, path: str) -> None:
        with httpx2.Client(base_url=self._base, timeout=PATIENCE_S, trust_env=False) as http:
            while not self._ended.is_set():
                answer = http.get(path)
                code = answer.json()["error"]["code"] if answer.status_code != 200 else ""
                retry = answer.headers.get("Retry-After", "none")
                self._answers.append((time.monotonic(), path, answer.status_code, f"{code}/{retry}" if code else ""))
                time.sleep(0.01)

    def since(self, moment: float) -> Counter[tuple[str, int, str]]:
        """How often each path got which answer."""
        return Counter(answer[1:] for answer in self._answers if answer[0] >= moment)

    def until_all_are_well(self) -> None:
        """Wait until a whole second brought nothing but 200s on every path."""
        for _ in range(60):
            began = time.monotonic()
            time.sleep(1)
            answers = self.since(began)
            if {path for path, status, _ in answers if status == 200} == set(PATHS) and len(answers) == len(PATHS):
                return
        pytest.fail(f"no recovery: {self.since(began)}")


def test_postgresql_goes_away_and_comes_back(cast: Cast) -> None:
    make_listing(cast.owner)
    with (
        through(live.database_url()) as (cable, url),
        live.server(DATABASE_URL=url, RATE_LIMIT="1000000") as base,
        Load(base) as load,
    ):
        load.until_all_are_well()
        cable.cut()
        began = time.monotonic()
        time.sleep(AWAY_S)
        ready = httpx2.get(f"{base}/health/ready", trust_env=False)
        meanwhile = load.since(began + 0.5)
        cable.mend()
        load.until_all_are_well()
    assert (ready.status_code, ready.json()["database"]) == (503, "disconnected")
    assert {status for path, status, _ in meanwhile if path == "/health/live"} == {200}
    assert {answer[1:] for answer in meanwhile if answer[0] != "/health/live"} == {(503, "SERVICE_UNAVAILABLE/5")}


def test_redis_goes_away_and_comes_back(cast: Cast) -> None:
    make_listing(cast.owner)
    with (
        through(settings.REDIS_URL) as (cable, url),
        live.server(REDIS_URL=url, RATE_LIMIT="1000000") as base,
        Load(base) as load,
    ):
        load.until_all_are_well()
        cable.cut()
        began = time.monotonic()
        time.sleep(AWAY_S)
        ready = httpx2.get(f"{base}/health/ready", trust_env=False)
        meanwhile = load.since(began)
        cable.mend()
        load.until_all_are_well()
    assert (ready.status_code, ready.json()["redis"]) == (200, "disconnected")
    assert {status for _, status, _ in meanwhile} == {200}
