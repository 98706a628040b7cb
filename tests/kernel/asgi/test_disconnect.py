"""A client that leaves frees its thread, and nothing of its request goes on."""

from tests.kernel.asgi.application import THREADS
from tests.kernel.asgi.live import Server, read_until, until


def test_a_stream_is_closed_when_its_client_leaves(server: Server) -> None:
    for _ in range(THREADS + 1):  # once more than there are threads: each must have come free
        with server.open_get("/slow") as connection:
            read_until(connection, b"tick")
        server.wait_for("closed slow")


def test_the_result_of_a_view_whose_client_left_is_dropped(server: Server) -> None:
    before = server.log().count("napping")
    with server.open_get("/nap?0.7"):
        until(lambda: server.log().count("napping") > before)
    server.wait_for("nap over")
    assert server.get("/x").status == 200


def test_a_request_whose_client_left_in_the_line_never_runs(server: Server) -> None:
    before = server.log().count("napping")
    napping = [server.open_get("/nap?1.0") for _ in range(THREADS)]
    until(lambda: server.log().count("napping") == before + THREADS)
    with server.open_get("/never"):
        pass
    for connection in napping:
        read_until(connection, b"rested")
        connection.close()
    assert "echo /never" not in server.events()
