import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings

from bench import database
from tests.journeys import live
from tests.support import template


@pytest.fixture(scope="module")
def name(request: pytest.FixtureRequest, django_db_setup: None, own_redis: None) -> Iterator[str]:
    """A database of the harness for one module, beside that of the tests; what fills it is the harness."""
    module = request.module.__name__.rpartition(".")[2]
    name = f"ghar_bench_{module}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", live.database_url())
        patch.setenv("REDIS_URL", settings.REDIS_URL)
        template.copy(name)
        database.note_migrated(name)
        yield name
        database.drop(name)


class _Answers(BaseHTTPRequestHandler):
    """`/length` answers with a length, `/chunks` in chunks, `/refuse` with a 503, `/bare` with neither length nor
    chunks. A POST is answered 201 with what was sent: its type and its body."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(503 if self.path == "/refuse" else 200)
        if self.path == "/chunks":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n")
            return
        if self.path != "/bare":
            self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        answer = f"{self.headers['Content-Type']} ".encode() + sent
        self.send_response(201)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_arguments: object) -> None:
        """Be quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_arguments: object) -> None:
        """A client that leaves in the middle of an answer is what some tests are about."""


@pytest.fixture
def port() -> Iterator[int]:
    """A small live server's port."""
    server = _Server(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()
