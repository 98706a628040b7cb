"""Many open streams hold no database connection."""

import resource
import socket
from urllib.parse import urlsplit

import pytest
from django.db import connection

from ghar.realtime import publish
from tests.kernel.asgi.live import PATIENCE_S, SERVERS, until
from tests.realtime.reader import PATH

STREAMS = 1000
FILES = 4096
"""What a process may have open for that; many machines allow 1,024 unless asked."""


def connections() -> int:
    """Connections to this database besides the test's own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def open_streams(base: str, token: str, count: int) -> list[socket.socket]:
    """So many streams, each with its first frame read. A hundred come at once: on a busy machine more wait too long."""
    place = urlsplit(base)
    opened: list[socket.socket] = []
    while len(opened) < count:
        several = [
            socket.create_connection((place.hostname, place.port), timeout=PATIENCE_S) for _ in range(min(count, 100))
        ]
        for stream in several:
            stream.sendall(f"GET {PATH} HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
        for stream in several:
            read_until(stream, b"id: ")
        opened += several
    return opened


def read_until(stream: socket.socket, text: bytes) -> None:
    data = b""
    while text not in data:
        chunk = stream.recv(4096)
        assert chunk, data
        data += chunk


@pytest.fixture
def files():
    """Enough of them, for this process and those that it starts."""
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(usual, FILES), most))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (usual, most))


@pytest.mark.django_db
@pytest.mark.parametrize("server", SERVERS)
def test_open_streams_hold_no_database_connection(files, serve, person, token, server):
    with serve(server) as (base, _):
        before = connections()  # threads that answered an ordinary request keep theirs, as they should
        streams = open_streams(base, token, STREAMS)
        until(lambda: connections() <= before)
        publish.to_user(person.id, "visit_updated", {"visit_id": 1})
        for stream in streams:
            read_until(stream, b'data: {"visit_id":1}')
            stream.close()
