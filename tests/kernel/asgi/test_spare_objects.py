"""What a process made at its start is not looked through for garbage again; what it makes later is."""

import asyncio
import gc
import weakref

import pytest

from config.asgi import application
from ghar import garbage
from ghar.asgi import spared
from ghar.asgi.host import mounted
from ghar.lifespan import Lifespan, Resource


@pytest.fixture(autouse=True)
def nothing_spared():
    """The suite spares what it is made of itself."""
    gc.unfreeze()
    garbage.look_seldom()
    yield
    garbage.look_seldom()
    gc.freeze()


class Ring:
    """Something that only the collector can end."""

    def __init__(self) -> None:
        self.itself = self


def test_only_what_came_later_is_collected():
    async def serve() -> tuple[int, object]:
        lifespan = Lifespan([Resource("objects", spared.objects)])
        await lifespan.open()
        later = weakref.ref(Ring())
        gc.collect()
        left_out = gc.get_freeze_count()
        await lifespan.close()
        return left_out, later()

    left_out, later = asyncio.run(serve())
    assert left_out > 10_000
    assert later is None
    assert gc.get_freeze_count() == 0
    assert gc.get_threshold() == garbage.USUAL


def test_the_application_spares_what_it_is_made_of():
    async def serve() -> int:
        async with mounted(application):
            return gc.get_freeze_count()

    assert asyncio.run(serve()) > 100_000
