"""Many open streams hold no database connection, and none keeps a process that was asked to end."""

import socket
import time
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from django.db import connection

from ghar.realtime import publish
from tests.kernel.asgi.live import SERVERS, until
from tests.realtime.reader import PATH, Reader
from tests.realtime.test_listen_on_socket import code, dial, heard

STREAMS = 200
"""A thousand were opened by hand; see docs/guides/realtime.md."""

QUICKER = {"uvicorn": 1012}
"""Uvicorn may close a socket itself before we do."""
SOCKETS = 20


def connections() -> int:
    """Connections to this database besides the test's own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def open_streams(base: str, token: str, count: int) -> list[socket.socket]:
    """So many streams, each with its first frame read."""
    place = urlsplit(base)
    opened = []
    for _ in range(count):
        stream = socket.create_connection((place.hostname, place.port), timeout=20)
        stream.sendall(f"GET {PATH} HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
        opened.append(stream)
    for stream in opened:
        read_until(stream, b"id: ")
    return opened


def read_until(stream: socket.socket, text: bytes) -> None:
    data = b""
    while text not in data:
        chunk = stream.recv(4096)
        assert chunk, data
        data += chunk


@pytest.mark.django_db
def test_open_streams_hold_no_database_connection(serve, person, token):
    with serve() as (base, _):
        before = connections()  # threads that answered an ordinary request keep theirs, as they should
        streams = open_streams(base, token, STREAMS)
        until(lambda: connections() <= before, 15)
        publish.to_user(person.id, "visit_updated", {"visit_id": 1})
        for stream in streams:
            read_until(stream, b'data: {"visit_id":1}')
            stream.close()


@pytest.mark.parametrize("server", SERVERS)
def test_a_process_that_is_asked_to_end_ends(serve, token, server):
    with serve(server) as (base, process):
        streams = open_streams(base, token, 20)
        with Reader(base, token=token) as reader, ExitStack() as stack:
            address = f"/ws/notifications?token={token}"
            sockets = [stack.enter_context(dial(base, address)) for _ in range(SOCKETS)]
            reader.frame(), [heard(socket) for socket in sockets]
            began = time.monotonic()
            process.terminate()
            assert {code(socket)[0] for socket in sockets} <= {4503, QUICKER.get(server)}
            assert reader.rest() == b""
            process.wait(10)
        assert time.monotonic() - began < 10
        for stream in streams:
            stream.close()
