"""Streams, mounts and sockets are found beside ordinary HTTP."""

import pytest
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import connect

from tests.kernel.asgi.live import Server, read_until


@pytest.mark.parametrize("path", ["/ticker", "/ticker/"])
def test_a_stream_is_found_in_both_slash_forms_and_hears_its_client_leave(server: Server, path: str) -> None:
    with server.open_get(path) as connection:
        read_until(connection, b"data: tick")
    server.wait_for("ticker ended")


def test_the_preflight_of_a_stream_is_ordinary_http(server: Server) -> None:
    assert server.request("OPTIONS", "/ticker").json()["environ"]["REQUEST_METHOD"] == "OPTIONS"


@pytest.mark.parametrize(
    ("path", "seen"),
    [("/mounted", "/mounted"), ("/mounted/", "/mounted"), ("/mounted/deep/er", "/mounted/deep/er")],
)
def test_a_mount_has_its_prefix_and_a_running_lifespan(server: Server, path: str, seen: str) -> None:
    assert server.get(path).json() == {"path": seen, "open": True}


def test_a_prefix_is_a_whole_segment(server: Server) -> None:
    assert server.get("/mountedness").json()["environ"]["PATH_INFO"] == "/mountedness"


def test_a_failure_in_a_mount_is_the_envelope_of_500(server: Server) -> None:
    answer = server.get("/mounted/broken")
    assert (answer.status, answer.json()["error"]["code"]) == (500, "INTERNAL_ERROR")


def test_a_socket_is_routed(server: Server) -> None:
    with connect(f"ws://127.0.0.1:{server.port}/ws/echo") as socket:
        socket.send("hello")
        assert socket.recv() == "hello"


@pytest.mark.parametrize("subprotocols", [None, ["chat"]])
def test_an_unknown_socket_path_is_closed_with_4404(server: Server, subprotocols: list[str] | None) -> None:
    before = len(server.log())
    with connect(f"ws://127.0.0.1:{server.port}/ws/nowhere", subprotocols=subprotocols) as socket:
        with pytest.raises(ConnectionClosedError) as closed:
            socket.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4404
    assert "Traceback" not in server.log()[before:]
