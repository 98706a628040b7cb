"""Google's side of the push gateway, as a real HTTP server on this machine: sign-in of service accounts, and FCM.

It insists on what Google insists on: a signed assertion for the right scope, the access token it gave out, one address
a message, data of texts, 4096 bytes at most. What it answers can be told for each address.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

PROJECT = "ghar-test"
SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_PEM = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()


def refusal(status: int, code: str, **detail: Any) -> tuple[int, bytes]:
    """A refusal as Google writes it."""
    details = [{"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": code}, detail]
    return status, json.dumps({"error": {"code": status, "status": code, "details": details}}).encode()


class FCM:
    """Takes messages. `answers` has what an address is answered instead; `delay` is waited for before each."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.answers: dict[str, tuple[int, bytes]] = {}
        self.headers: dict[str, str] = {}
        self.asked = self.sign_ins = 0
        self.token_answer: tuple[int, bytes] | None = None
        self.token = "ya29-0"
        self.hold = threading.Event()
        self.hold.set()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def stop(self) -> None:
        self.hold.set()
        self.server.shutdown()
        self.server.server_close()

    def credentials(self, folder: Path) -> str:
        """The path of a credentials file for this Google."""
        path = folder / "service-account.json"
        account = {
            "type": "service_account",
            "client_email": "push@ghar-test.example",
            "private_key": _PEM,
            "token_uri": f"{self.base}/token",
        }
        path.write_text(json.dumps(account))
        return str(path)

    def sign_in(self, form: dict[str, list[str]]) -> tuple[int, bytes]:
        self.sign_ins += 1
        claims = jwt.decode(form["assertion"][0], KEY.public_key(), algorithms=["RS256"], audience=f"{self.base}/token")
        assert claims["scope"] == SCOPE
        assert form["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
        self.token = f"ya29-{self.sign_ins}"
        given = {"access_token": self.token, "expires_in": 3599, "token_type": "Bearer"}
        return self.token_answer or (200, json.dumps(given).encode())

    def take(self, path: str, bearer: str | None, content: bytes) -> tuple[int, bytes]:
        self.asked += 1
        self.hold.wait(60)
        if path != f"/v1/projects/{PROJECT}/messages:send":
            return refusal(404, "NOT_FOUND")
        if bearer != f"Bearer {self.token}":
            return refusal(401, "UNAUTHENTICATED")
        message = json.loads(content)["message"]
        address = message.get("token") or message["topic"]
        if (complaint := _complaint(message)) is not None:
            return refusal(400, "INVALID_ARGUMENT", fieldViolations=[{"field": complaint}])
        if address in self.answers:
            return self.answers[address]
        self.taken.append(message)
        return 200, json.dumps({"name": f"projects/{PROJECT}/messages/{len(self.taken)}"}).encode()


def _complaint(message: dict[str, Any]) -> str | None:
    """The field that FCM would complain about."""
    if ("token" in message) == ("topic" in message):
        return "message"
    if not all(isinstance(value, str) for value in message["data"].values()):
        return "message.data"
    size = len(json.dumps([message["data"], message["notification"]], ensure_ascii=False).encode())
    return "message.data" if size > 4096 else None


def _handler(fcm: FCM) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/token":
                status, body = fcm.sign_in(parse_qs(content.decode()))
            else:
                status, body = fcm.take(self.path, self.headers["Authorization"], content)
            self.send_response(status)
            for name, value in fcm.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    return Handler
