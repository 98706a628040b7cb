"""A process that is asked to end while streams, sockets and a tool are at work is gone soon, and in order."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx2
import pytest
from django.conf import settings
from django.db import connection, transaction

from apps.visits import rules
from apps.visits.models import Visit
from ghar.db import locks
from tests.journeys import live
from tests.kernel.asgi.live import PATIENCE_S, SERVERS, until
from tests.mcp.conftest import HEADERS, token_for
from tests.realtime.conftest import variables
from tests.realtime.reader import Reader
from tests.realtime.test_listen_on_socket import code, dial, heard
from tests.support import issuer
from tests.support.cast import Cast
from tests.support.listings import make_listing
from tests.support.visits import HOUR, at

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LISTENERS = 20
QUICKER = {"uvicorn": 1012}
"""Uvicorn may close a socket itself before we do."""
LONGER_S = 1.5
"""What the SDK under the tools would leave them under uvicorn is half a second."""
AT_MOST_S = 30
"""It has ten where nothing else runs; here other tests run beside it."""


def waiting() -> int:
    """How many wait for a named lock in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return int(cursor.fetchone()[0])


@contextmanager
def tool_at_work(base: str, cast: Cast) -> Iterator["Future[httpx2.Response]"]:
    """A tool that schedules a visit and cannot go on as long as this lasts, because the test holds the hour."""
    place = make_listing(cast.owner).pk
    token = token_for(settings.PUBLIC_BASE_URL, cast.seeker)
    arguments = {"property_id": place, "scheduled_date": at().isoformat()}
    params = {"name": "visits_schedule", "arguments": arguments}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    headers = HEADERS | {"authorization": f"Bearer {token}"}
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        for hour in rules.hours(at(), at() + HOUR):
            locks.hold(f"visits {hour}")
        call = pool.submit(httpx2.post, f"{base}/mcp", json=body, headers=headers, timeout=PATIENCE_S, trust_env=False)
        until(lambda: waiting() == 1)
        yield call


@contextmanager
def listeners(base: str, cast: Cast) -> Iterator[tuple[list[Reader], list[Any]]]:
    """Open streams and sockets that have said their first word."""
    token = issuer.token_for(cast.seeker)
    with ExitStack() as stack:
        streams = [stack.enter_context(Reader(base, token=token)) for _ in range(LISTENERS)]
        address = f"/ws/notifications?token={token}"
        sockets = [stack.enter_context(dial(base, address)) for _ in range(LISTENERS)]
        for stream, socket in zip(streams, sockets, strict=True):
            stream.frame(), heard(socket)
        yield streams, sockets


def check_they_were_ended(streams: list[Reader], sockets: list[Any], server: str) -> None:
    assert {code(socket)[0] for socket in sockets} <= {4503, QUICKER.get(server)}
    assert {stream.rest() for stream in streams} == {b""}


@pytest.mark.parametrize("server", SERVERS)
def test_listeners_are_ended_and_the_tool_finishes(cast: Cast, server: str) -> None:
    with live.process(server, **variables()) as (base, process), listeners(base, cast) as open_ones:
        with tool_at_work(base, cast) as call:
            process.terminate()
            check_they_were_ended(*open_ones, server)
            time.sleep(LONGER_S)
            assert not call.done()
        assert '"isError":false' in call.result().text
        process.wait(AT_MOST_S)
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("server", SERVERS)
def test_a_tool_that_cannot_finish_keeps_no_process(cast: Cast, server: str) -> None:
    """What becomes of its answer is the server's: cut, empty, or the error of a statement that took too long."""
    with live.process(server, **variables()) as (base, process), listeners(base, cast) as open_ones:
        with tool_at_work(base, cast) as call:
            process.terminate()
            check_they_were_ended(*open_ones, server)
            process.wait(AT_MOST_S)
        assert call.exception() is not None or '"isError":false' not in call.result().text
    until(lambda: waiting() == 0)
    assert not Visit.objects.exists(), "what nobody was told of has not happened"
