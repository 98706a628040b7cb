"""An S3-compatible service on this machine: one bucket, path style, and signatures checked as the protocol says."""

import hashlib
import hmac
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, unquote, urlsplit

KEY_ID, SECRET, REGION, BUCKET = "the-key", "the-secret", "ap-south-1", "uploads"


class S3:
    """Keeps objects in memory. `is_failing` makes it answer 503."""

    def __init__(self) -> None:
        self.objects: dict[str, tuple[bytes, str]] = {}
        self.is_failing = False
        self.server = _Server(self)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _signature(method: str, path: str, query: list[tuple[str, str]], headers: dict[str, str], given: Any) -> str:
    """Signature version 4, from its description (docs.aws.amazon.com, sigv4-query-string-auth)."""
    pairs = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in query)
    signed = given["names"].split(";")
    request = "\n".join(
        [
            method,
            quote(unquote(path), safe="/-_.~"),
            "&".join(f"{name}={value}" for name, value in pairs),
            *[f"{name}:{headers.get(name, '').strip()}" for name in signed],
            "",
            given["names"],
            given["payload"],
        ]
    )
    day, region, service, _ = given["scope"].split("/")
    text = "\n".join(["AWS4-HMAC-SHA256", given["time"], given["scope"], hashlib.sha256(request.encode()).hexdigest()])
    key = _hmac(_hmac(_hmac(_hmac(f"AWS4{SECRET}".encode(), day), region), service), "aws4_request")
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _is_signed(method: str, target: str, headers: dict[str, str]) -> bool:
    parts = urlsplit(target)
    query = parse_qsl(parts.query, keep_blank_values=True)
    named = dict(query)
    if "X-Amz-Signature" in named:
        signature = named["X-Amz-Signature"]
        query = [pair for pair in query if pair[0] != "X-Amz-Signature"]
        credential = named["X-Amz-Credential"]
        given = {"names": named["X-Amz-SignedHeaders"], "payload": "UNSIGNED-PAYLOAD", "time": named["X-Amz-Date"]}
        begun = datetime.strptime(given["time"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp()
        if time.time() > begun + int(named["X-Amz-Expires"]):
            return False
    else:
        words = dict(part.strip().split("=", 1) for part in headers["authorization"].split(" ", 1)[1].split(","))
        signature, credential = words["Signature"], words["Credential"]
        payload, moment = headers["x-amz-content-sha256"], headers["x-amz-date"]
        given = {"names": words["SignedHeaders"], "payload": payload, "time": moment}
    key_id, _, given["scope"] = credential.partition("/")
    return key_id == KEY_ID and hmac.compare_digest(signature, _signature(method, parts.path, query, headers, given))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    @property
    def bucket(self) -> S3:
        return self.server.bucket

    def log_message(self, *_: Any) -> None:
        """Quiet."""

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        parts = urlsplit(self.path)
        key = unquote(parts.path).removeprefix(f"/{BUCKET}").removeprefix("/")
        is_open = self.command == "GET" and key.startswith("public/")
        if self.bucket.is_failing:
            return self._answer(503)
        if not is_open and not _is_signed(self.command, self.path, headers):
            return self._answer(403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>")
        if not key:
            return self._answer(200, _listed(self.bucket, parse_qs(parts.query)["prefix"][0]))
        return self._object(key, body, headers)

    def _object(self, key: str, body: bytes, headers: dict[str, str]) -> None:
        if self.command == "PUT":
            self.bucket.objects[key] = (body, headers.get("content-type", ""))
            return self._answer(200, ETag='"x"')
        if self.command == "DELETE":
            self.bucket.objects.pop(key, None)
            return self._answer(204)
        if key not in self.bucket.objects:
            return self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        data, kind = self.bucket.objects[key]
        now = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
        return self._answer(200, data, Content_Type=kind, Last_Modified=now, ETag='"x"', Content_Length=str(len(data)))

    do_GET = do_PUT = do_HEAD = do_DELETE = _serve  # noqa: N815 - the names that http.server calls


class _Server(ThreadingHTTPServer):
    def __init__(self, bucket: S3) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.bucket = bucket


def _listed(bucket: S3, prefix: str) -> bytes:
    inside = "".join(
        f"<Contents><Key>{key}</Key><Size>{len(data)}</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
        "</Contents>"
        for key, (data, _) in sorted(bucket.objects.items())
        if key.startswith(prefix)
    )
    return f"<ListBucketResult><IsTruncated>false</IsTruncated>{inside}</ListBucketResult>".encode()
