"""A browser's push service as a real HTTP server, and a browser that reads what it was sent.

It insists on what push services insist on: a token signed by the key that is named beside it, for this service and a
day at most, with somebody to write to; a lifetime; the encoding of RFC 8291, of 4096 bytes at most.
"""

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def new_private_key() -> str:
    """As tools for web push print it."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return encoded(number.to_bytes(32, "big"))


class PushService:
    """`taken` are the messages as their browsers read them. `answers` has what a browser is answered instead."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.answers: dict[str, tuple[int, dict[str, str]]] = {}
        self.asked = 0
        self._browsers: dict[str, tuple[ec.EllipticCurvePrivateKey, bytes]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def subscribe(self, browser: str = "firefox") -> str:
        """What `JSON.stringify(subscription)` gives in that browser."""
        key, secret = ec.generate_private_key(ec.SECP256R1()), browser.encode().ljust(16, b"-")
        self._browsers[browser] = key, secret
        point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        keys = {"p256dh": encoded(point), "auth": encoded(secret)}
        subscription = {"endpoint": f"{self.base}/{browser}", "expirationTime": None, "keys": keys}
        return json.dumps(subscription, separators=(",", ":"))

    def take(self, browser: str, headers: dict[str, str], content: bytes) -> tuple[int, dict[str, str]]:
        self.asked += 1
        if browser not in self._browsers:
            return 404, {}
        if browser in self.answers:
            return self.answers[browser]
        if not self._is_signed(headers["Authorization"]):
            return 403, {}
        if headers["Content-Encoding"] != "aes128gcm" or not headers["TTL"].isdigit() or len(content) > 4096:
            return 400, {}
        key, secret = self._browsers[browser]
        self.taken.append(json.loads(http_ece.decrypt(content, private_key=key, auth_secret=secret)))
        self.headers.append(headers)
        return 201, {"Location": f"{self.base}/message/{len(self.taken)}"}

    def _is_signed(self, authorization: str) -> bool:
        scheme, _, rest = authorization.partition(" ")
        given = dict(part.strip().split("=", 1) for part in rest.split(","))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(given["k"]))
        claims = jwt.decode(given["t"], key, algorithms=["ES256"], audience=self.base)
        return scheme == "vapid" and claims["exp"] <= time.time() + 86_400 and claims["sub"].startswith("mailto:")


def _handler(service: PushService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            status, headers = service.take(self.path.removeprefix("/"), dict(self.headers), content)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": "0"}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    return Handler
