"""A client that reads slowly holds its own view up; nothing piles up in the process."""

import time

from tests.kernel.asgi.live import Server

CHUNKS = 1600  # 100 MiB, more than every buffer between the application and the client


def test_the_application_waits_for_a_slow_client(server: Server) -> None:
    with server.open_get(f"/download?{CHUNKS}") as connection:
        connection.recv(1)
        made = 0
        while new := server.events().count("chunk"):
            made += new
            time.sleep(0.3)
    assert 0 < made < CHUNKS / 2
