"""The WSGI environ of an ASGI request (PEP 3333): every string holds bytes as latin-1."""

import sys
from functools import lru_cache
from typing import Any, BinaryIO
from urllib.parse import unquote_to_bytes

from ghar.asgi.types import Scope

BLOCK = 64 * 1024


class FileWrapper:
    """`wsgi.file_wrapper`: yields a file in blocks large enough to be worth a hop between threads."""

    def __init__(self, file: Any, block_size: int = BLOCK) -> None:
        self._read = file.read
        self._block = max(block_size, BLOCK)
        if hasattr(file, "close"):
            self.close = file.close

    def __iter__(self) -> "FileWrapper":
        return self

    def __next__(self) -> bytes:
        chunk: bytes = self._read(self._block)
        if not chunk:
            raise StopIteration
        return chunk


def build_environ(scope: Scope, body: BinaryIO, length: int | None) -> dict[str, Any]:
    """Translate a scope and its whole body. `length` is the size of the body in bytes, None without one."""
    server = scope.get("server") or ("localhost", None)
    scheme = scope.get("scheme", "http")
    root = scope.get("root_path", "")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": root.encode().decode("latin-1"),
        "PATH_INFO": _path_info(scope, root),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or (443 if scheme == "https" else 80)),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileWrapper,
    }
    if client := scope.get("client"):
        environ["REMOTE_ADDR"] = client[0]
        environ["REMOTE_PORT"] = str(client[1])
    _add_headers(environ, scope["headers"])
    if length is not None:
        environ["CONTENT_LENGTH"] = str(length)
    return environ


def _path_info(scope: Scope, root: str) -> str:
    # The raw path keeps bytes that are not UTF-8, which `path` has lost already.
    raw = scope.get("raw_path")
    path = unquote_to_bytes(raw) if raw else scope["path"].encode()
    return (path.removeprefix(root.encode()) if root else path).decode("latin-1")


def _add_headers(environ: dict[str, Any], headers: Any) -> None:
    for name, value in headers:
        key = _environ_key(name)
        if key is None:
            continue
        text = value.decode("latin-1")
        if key not in environ:
            environ[key] = text
        elif key.startswith("HTTP_"):
            environ[key] += ("; " if key == "HTTP_COOKIE" else ",") + text


@lru_cache(maxsize=1024)
def _environ_key(name: bytes) -> str | None:
    """CGI name of a header; None for one that must not pass.

    A name with an underscore could pose as another header, and `Proxy` as the proxy of HTTP clients.
    """
    if b"_" in name:
        return None
    key = name.decode("latin-1").upper().replace("-", "_")
    if key == "PROXY":
        return None
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
