"""An image provider's side of its gateways, as a real HTTP server on this machine."""

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any

from PIL import Image


def picture(size: tuple[int, int] = (8, 8), kind: str = "PNG", **options: Any) -> bytes:
    """A small picture."""
    made = BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, **options)
    return made.getvalue()


def encoded(data: bytes) -> str:
    """As it travels."""
    return base64.b64encode(data).decode()


PNG = encoded(picture())
GEMINI = {
    "candidates": [{"content": {"parts": [{"text": "Here"}, {"inlineData": {"mimeType": "image/png", "data": PNG}}]}}]
}
OPENAI = {"created": 1, "data": [{"b64_json": PNG}]}


class Provider:
    """Answers one script after the other, the last one for ever: a body, a status, or seconds to wait."""

    def __init__(self) -> None:
        self.scripts: list[Any] = [GEMINI]
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/v1"

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(body) for _, _, body in self.requests]

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            provider.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            script = provider.scripts.pop(0) if len(provider.scripts) > 1 else provider.scripts[0]
            if isinstance(script, float):
                time.sleep(script)
                script = GEMINI
            if isinstance(script, int):
                self._answer(script, b'{"error": "secret detail of the upstream"}')
            else:
                self._answer(200, script if isinstance(script, bytes) else json.dumps(script).encode())

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    return Handler
