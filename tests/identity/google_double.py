"""Google's side of its gateway, as a real HTTP server on this machine: keys, and codes exchanged for id tokens."""

import hashlib
import json
import threading
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT_ID = "web.apps.example"
SECRET = "google client secret"


@cache
def _key() -> rsa.RSAPrivateKey:
    """One for a test process, because making one takes longer than a test."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Google:
    """Signs id tokens with an RSA key and exchanges the codes it gave out."""

    def __init__(self) -> None:
        self.key = _key()
        self.codes: dict[str, str] = {}
        self.forms: list[dict[str, str]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def id_token(self, **claims: Any) -> str:
        """An id token for our web client; a claim of None is left out."""
        now = int(time.time())
        payload = {
            "iss": "https://accounts.google.com",
            "aud": CLIENT_ID,
            "sub": "google-1234",
            "email": "Asha@Example.com",
            "email_verified": True,
            "name": "Asha Rao",
            "picture": "https://example.com/asha.png",
            "iat": now,
            "exp": now + 600,
            **claims,
        }
        said = {name: value for name, value in payload.items() if value is not None}
        return jwt.encode(said, self.key, algorithm="RS256", headers={"kid": "google-key"})

    def consent(self, nonce: str, **claims: Any) -> str:
        """What the person's browser brings back: a code for a token with the nonce of the request."""
        code = f"code-{len(self.codes)}"
        self.codes[code] = self.id_token(nonce=nonce, **claims)
        return code

    def jwks(self) -> dict[str, Any]:
        public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "google-key", "alg": "RS256", "use": "sig"}]}


def hashed(nonce: str) -> str:
    """A nonce as native clients put it into the token."""
    return hashlib.sha256(nonce.encode()).hexdigest()


def _handler(google: Google) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200, google.jwks())

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(text).items()}
            google.forms.append(form)
            token = google.codes.pop(form.get("code", ""), None)
            if token is None or form.get("client_secret") != SECRET:
                self._answer(400, {"error": "invalid_grant"})
            else:
                self._answer(200, {"id_token": token, "access_token": "ya29", "token_type": "Bearer"})

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    return Handler
