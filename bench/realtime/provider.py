"""A push provider on this machine that fails now and then: it signs accounts in, and takes messages as FCM does.

One of `FAIL_EVERY` addresses meets a failure, always the same one: it does not know the address, it answers something
that nobody can read, or it is busy the first time.
"""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

FAIL_EVERY = 20
PROJECT = "ghar-bench"
UNKNOWN, UNREADABLE, BUSY = range(3)


class Provider:
    """`asked` and `accepted` count by address."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.accepted: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def base(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def variables(self, folder: Path) -> dict[str, str]:
        """What processes of the platform need to use it."""
        folder.mkdir(parents=True, exist_ok=True)
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        account = {"client_email": "bench@example", "private_key": key.decode(), "token_uri": f"{self.base}/token"}
        path = folder / "push-account.json"
        path.write_text(json.dumps(account))
        path.chmod(0o600)
        return {
            "FIREBASE_PROJECT_ID": PROJECT,
            "FCM_API_URL": self.base,
            "GOOGLE_APPLICATION_CREDENTIALS": str(path),
        }

    def close(self) -> None:
        """Answer nobody any more."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, content: bytes) -> tuple[int, bytes]:
        """What is answered to a request."""
        if path == "/token":
            return 200, json.dumps({"access_token": "bench", "expires_in": 3600}).encode()
        address = json.loads(content)["message"]["token"]
        with self._lock:
            self.asked[address] += 1
            failure = failure_of(address)
            if failure == BUSY and self.asked[address] == 1:
                return 503, b"{}"
            if failure == UNKNOWN:
                details = [{"errorCode": "UNREGISTERED"}]
                return 404, json.dumps({"error": {"status": "NOT_FOUND", "details": details}}).encode()
            if failure == UNREADABLE:
                return 200, b"<html>"
            self.accepted[address] += 1
        return 200, json.dumps({"name": f"projects/{PROJECT}/messages/{address}"}).encode()


def failure_of(address: str) -> int | None:
    """What an address meets; addresses end in a number."""
    number = int(address.rpartition("-")[2])
    return number // FAIL_EVERY % 3 if number % FAIL_EVERY == FAIL_EVERY - 1 else None


@contextmanager
def running() -> Iterator[Provider]:
    """A provider for as long as it is needed."""
    provider = Provider()
    try:
        yield provider
    finally:
        provider.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_arguments: Any) -> None:
        """A client that is killed in the middle of a request is what some cases are about."""


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            status, body = provider.answer(self.path, self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: Any) -> None:
            """Be quiet."""

    return Handler
