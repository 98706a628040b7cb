"""Cloudinary's two APIs and its delivery on this machine, as far as the gateway speaks to them."""

import hashlib
import threading
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import orjson

CLOUD, KEY, SECRET = "demo-cloud", "123", "the secret"


class Cloudinary:
    """Keeps (resource type, type, public id) -> bytes."""

    def __init__(self) -> None:
        self.objects: dict[tuple[str, str, str], bytes] = {}
        self.is_failing = False
        self.server = _Server(self)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _is_signed(form: dict[str, str]) -> bool:
    said = {name: value for name, value in form.items() if name not in ("file", "signature", "api_key")}
    text = "&".join(f"{name}={said[name]}" for name in sorted(said)) + SECRET
    return form.get("api_key") == KEY and form.get("signature") == hashlib.sha1(text.encode()).hexdigest()


def _form(content_type: str, body: bytes) -> dict[str, Any]:
    if not content_type.startswith("multipart/"):
        return dict(parse_qsl(body.decode()))
    parts = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    form: dict[str, Any] = {}
    for part in parts.iter_parts():
        name, data = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        form[str(name)] = data if name == "file" else data.decode()
    return form


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    @property
    def cloud(self) -> Cloudinary:
        return self.server.cloud

    def log_message(self, *_: Any) -> None:
        """Quiet."""

    def _answer(self, status: int, body: bytes = b"{}") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def _about(self, place: tuple[str, str, str]) -> dict[str, Any]:
        kind, _, public_id = place
        size = len(self.cloud.objects[place])
        known = {"public_id": public_id, "bytes": size, "created_at": "2026-01-01T00:00:00Z"}
        return known | {"resource_type": kind, **({"format": "mp4"} if kind == "video" else {})}

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        form = _form(self.headers["Content-Type"], body)
        _, _, cloud_name, kind, action = self.path.split("/")
        if self.cloud.is_failing or cloud_name != CLOUD or not _is_signed(form):
            return self._answer(401)
        place = (kind, form["type"], form["public_id"])
        if action == "destroy":
            found = self.cloud.objects.pop(place, None)
            return self._answer(200, orjson.dumps({"result": "ok" if found is not None else "not found"}))
        self.cloud.objects[place] = form["file"]
        return self._answer(200, orjson.dumps(self._about(place)))

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        words, query = unquote(parts.path).split("/"), dict(parse_qsl(parts.query))
        if self.cloud.is_failing:
            return self._answer(500)
        if words[1] != "v1_1":
            return self._deliver(words[2], "upload", "/".join(words[4:]))
        if words[4:] == ["download"]:
            if not _is_signed(query):
                return self._answer(401)
            return self._deliver(words[3], query["type"], query["public_id"])
        return self._administer(words[4:], query)

    def _deliver(self, kind: str, type_: str, name: str) -> None:
        public_id = name.rpartition(".")[0] if kind == "video" and "." in name else name
        data = self.cloud.objects.get((kind, type_, public_id))
        return self._answer(404) if data is None else self._answer(200, data)

    def _administer(self, words: list[str], query: dict[str, str]) -> None:
        if not self.headers.get("Authorization", "").startswith("Basic "):
            return self._answer(401)
        kind, type_, public_id = words[0], words[1], "/".join(words[2:])
        if not public_id:
            found = [place for place in self.cloud.objects if place[:2] == (kind, type_)]
            wanted = [self._about(place) for place in found if place[2].startswith(query["prefix"])]
            return self._answer(200, orjson.dumps({"resources": wanted}))
        if (kind, type_, public_id) not in self.cloud.objects:
            return self._answer(404)
        return self._answer(200, orjson.dumps(self._about((kind, type_, public_id))))


class _Server(ThreadingHTTPServer):
    def __init__(self, cloud: Cloudinary) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.cloud = cloud
