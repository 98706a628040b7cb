"""Resources open in order and close in reverse, and one that fails keeps none of the others from its turn."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from ghar.asgi.bridge import WsgiBridge
from ghar.asgi.router import Router
from ghar.lifespan import Lifespan, LifespanFailed, Resource

Enter = Callable[[], AbstractAsyncContextManager[None]]


class Diary:
    """Makes resources that write down what happens to them."""

    def __init__(self) -> None:
        self.entries: list[str] = []

    def resource(self, name: str, *, opens: bool = True, closes: bool = True) -> Enter:
        @asynccontextmanager
        async def enter() -> AsyncIterator[None]:
            if not opens:
                raise RuntimeError("cannot open")
            self.entries.append(f"open {name}")
            yield
            self.entries.append(f"close {name}")
            if not closes:
                raise RuntimeError("cannot close")

        return enter

    def hanging(self) -> AbstractAsyncContextManager[None]:
        @asynccontextmanager
        async def enter() -> AsyncIterator[None]:
            await asyncio.Event().wait()
            yield

        return enter()


async def live(lifespan: Lifespan) -> None:
    await lifespan.open()
    await lifespan.close()


def test_resources_close_in_reverse() -> None:
    diary = Diary()
    asyncio.run(live(Lifespan([Resource(name, diary.resource(name)) for name in "abc"])))
    assert diary.entries == ["open a", "open b", "open c", "close c", "close b", "close a"]


def test_a_failure_is_reported_and_the_others_go_on() -> None:
    diary = Diary()
    lifespan = Lifespan(
        [
            Resource("a", diary.resource("a")),
            Resource("b", diary.resource("b", opens=False)),
            Resource("c", diary.resource("c", closes=False)),
            Resource("d", diary.hanging, timeout=0.05),
        ]
    )
    asyncio.run(live(lifespan))
    assert diary.entries == ["open a", "open c", "close c", "close a"]
    assert set(lifespan.failures) == {"b", "c", "d"}
    assert "cannot open" in lifespan.failures["b"]


def test_a_required_resource_that_fails_closes_what_was_opened() -> None:
    diary = Diary()
    lifespan = Lifespan(
        [
            Resource("a", diary.resource("a")),
            Resource("b", diary.resource("b", opens=False), required=True),
            Resource("c", diary.resource("c")),
        ]
    )
    with pytest.raises(LifespanFailed, match="b: open"):
        asyncio.run(live(lifespan))
    assert diary.entries == ["open a", "close a"]


def test_a_server_with_lifespan_hears_that_a_required_resource_failed() -> None:
    broken = Resource("database", Diary().resource("database", opens=False), required=True)
    router = Router(http=WsgiBridge(lambda *_: []), lifespan=Lifespan([broken]))

    async def run() -> list[str]:
        received: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        sent: list[str] = []

        async def send(message: object) -> None:
            sent.append(message["type"])  # type: ignore[index]

        received.put_nowait({"type": "lifespan.startup"})
        await router({"type": "lifespan"}, received.get, send)
        return sent

    assert asyncio.run(run()) == ["lifespan.startup.failed"]


def test_resources_close_when_the_loop_ends_without_a_shutdown() -> None:
    diary = Diary()
    router = Router(http=WsgiBridge(lambda *_: []), lifespan=Lifespan([Resource("a", diary.resource("a"))]))

    async def run() -> None:
        received: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        started = asyncio.Event()

        async def send(message: object) -> None:
            started.set()

        received.put_nowait({"type": "lifespan.startup"})
        serving = asyncio.create_task(router({"type": "lifespan"}, received.get, send))
        await started.wait()
        serving.cancel()

    asyncio.run(run())
    assert diary.entries == ["open a", "close a"]


def test_a_server_without_lifespan_answers_503_and_tries_again() -> None:
    diary = Diary()
    ready = False

    def enter() -> AbstractAsyncContextManager[None]:
        return diary.resource("database", opens=ready)()

    def view(environ: object, start_response: Callable[..., object]) -> list[bytes]:
        start_response("200 OK", [])
        return [b"served"]

    router = Router(http=WsgiBridge(view), lifespan=Lifespan([Resource("database", enter, required=True)]))

    async def ask() -> int:
        statuses: list[int] = []

        async def send(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])  # type: ignore[arg-type]

        scope = {
            "type": "http",
            "method": "GET",
            "path": "/",
            "query_string": b"",
            "http_version": "1.1",
            "headers": [],
        }
        await router(scope, asyncio.Event().wait, send)  # type: ignore[arg-type]
        return statuses[0]

    async def run() -> tuple[int, int]:
        nonlocal ready
        first = await ask()
        ready = True
        return first, await ask()

    assert asyncio.run(run()) == (503, 200)
