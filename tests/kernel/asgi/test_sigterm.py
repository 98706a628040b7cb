"""SIGTERM finishes what is in flight, ends what never would, and the process is gone soon."""

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import connect

from tests.kernel.asgi.live import PATIENCE_S, SERVERS, Server, read_all, read_until, until

AT_MOST_S = 30
"""It has ten where nothing else runs; here other tests run beside it."""


@pytest.fixture(params=SERVERS)
def doomed(request: pytest.FixtureRequest) -> Iterator[Server]:
    with Server(request.param) as running:
        yield running


def ends(server: Server) -> str:
    """Wait for the process to end, and give its log."""
    server.process.wait(AT_MOST_S)
    return server.log()


def test_a_request_in_flight_is_finished_and_streams_are_ended(doomed: Server) -> None:
    address = f"ws://127.0.0.1:{doomed.port}/ws/echo"
    with (
        doomed.open_get("/nap?0.7") as napping,
        doomed.open_get("/ticker") as stream,
        connect(address) as socket,
    ):
        read_until(stream, b"data: tick")
        until(lambda: "napping" in doomed.log())
        doomed.terminate()
        with pytest.raises(ConnectionClosedError) as closed:
            socket.recv(timeout=PATIENCE_S)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code in (4503, 1012)  # 1012 if uvicorn was quicker than we are
        assert b'{"rested": true}' in read_until(napping, b"}")
        log = ends(doomed)
    assert "ticker ended" in log
    assert log.index("nap over") < log.index("second closed") < log.index("first closed")
    assert "mount closed" in log


@pytest.mark.parametrize("kind", ["daphne", "uvicorn"])
def test_clients_that_leave_at_that_moment_are_no_failure(kind: str) -> None:
    """None of them has been noticed when the signal is heard: the process is stopped meanwhile. Granian's is another
    than the one that serves, and a stopped one may not wake for its signal."""
    with Server(kind) as doomed, ExitStack() as leaving:
        address = f"ws://127.0.0.1:{doomed.port}/ws/echo"
        sockets = [leaving.enter_context(connect(address)).socket for _ in range(24)]
        doomed.process.send_signal(signal.SIGSTOP)
        for socket in sockets:
            socket.close()
        doomed.terminate()
        doomed.process.send_signal(signal.SIGCONT)
        log = ends(doomed)
    assert "unhandled" not in log


def test_downloads_in_flight_are_finished(doomed: Server) -> None:
    """One made chunk by chunk, one in a single piece; their clients begin to read when the process is ending."""
    request = "GET {}?400 HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"
    downloads = [doomed.open(request.format(path)) for path in ("/download", "/large")]
    begun = [connection.recv(1000) for connection in downloads]
    doomed.terminate()
    time.sleep(0.3)
    for connection, first in zip(downloads, begun, strict=True):
        assert len(first) + len(read_all(connection)) > 400 * 65536
        connection.close()
    ends(doomed)


def test_what_never_ends_does_not_keep_the_process(doomed: Server) -> None:
    endless = [doomed.open_get(path) for path in ("/slow", "/stubborn", "/nap?60")]
    read_until(endless[0], b"tick")
    read_until(endless[1], b"still here")
    doomed.terminate()
    log = ends(doomed)
    assert "closed slow" in log
    assert log.index("second closed") < log.index("first closed")
    for connection in endless:
        connection.close()
