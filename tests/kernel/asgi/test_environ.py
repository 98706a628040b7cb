"""The WSGI environ is right under every server (PEP 3333)."""

import json
import socket
from io import BytesIO

from ghar.asgi.environ import build_environ
from tests.kernel.asgi.live import Server, read_all


def environ(server: Server, path: str, *headers: str) -> dict[str, str]:
    lines = "".join(f"{header}\r\n" for header in headers)
    with server.open(f"GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n{lines}\r\n") as connection:
        return parse(connection)


def parse(connection: socket.socket) -> dict[str, str]:
    _, _, body = read_all(connection).partition(b"\r\n\r\n")
    found: dict[str, str] = json.loads(body[body.index(b"{") : body.rindex(b"}") + 1])["environ"]
    return found


def test_a_path_is_percent_decoded_to_bytes_in_latin_1(server: Server) -> None:
    assert environ(server, "/a%20b/%E0%A4%98%E0%A4%B0")["PATH_INFO"].encode("latin-1").decode() == "/a b/घर"


def test_a_path_that_is_not_utf_8_keeps_its_bytes(server: Server) -> None:
    assert environ(server, "/caf%E9")["PATH_INFO"] == "/caf\xe9"


def test_a_query_string_stays_encoded(server: Server) -> None:
    assert environ(server, "/x?q=%E0%A4%98&a=1+2&empty")["QUERY_STRING"] == "q=%E0%A4%98&a=1+2&empty"


def test_a_header_that_repeats_is_joined_by_commas(server: Server) -> None:
    assert environ(server, "/x", "X-List: a", "X-List: b")["HTTP_X_LIST"] == "a,b"


def test_cookies_that_repeat_are_joined_by_semicolons(server: Server) -> None:
    assert environ(server, "/x", "Cookie: a=1", "Cookie: b=2")["HTTP_COOKIE"] == "a=1; b=2"


def test_a_header_with_an_underscore_cannot_pose_as_another(server: Server) -> None:
    assert "HTTP_X_REAL_USER" not in environ(server, "/x", "X_Real_User: admin")


def test_a_header_cannot_set_the_proxy_of_http_clients(server: Server) -> None:
    assert "HTTP_PROXY" not in environ(server, "/x", "Proxy: http://evil.example")


def test_a_forwarded_address_is_not_believed(server: Server) -> None:
    found = environ(server, "/x", "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https")
    assert found["REMOTE_ADDR"] == "127.0.0.1"
    assert found["wsgi.url_scheme"] == "http"


def test_the_server_and_the_request_are_described(server: Server) -> None:
    found = environ(server, "/x", "Accept: text/plain", "Content-Type: text/x")
    assert found["REQUEST_METHOD"] == "GET"
    assert found["SCRIPT_NAME"] == ""
    assert found["SERVER_NAME"] == "127.0.0.1"
    assert found["SERVER_PORT"] == str(server.port)
    assert found["SERVER_PROTOCOL"] == "HTTP/1.1"
    assert found["HTTP_HOST"] == "test"
    assert found["HTTP_ACCEPT"] == "text/plain"
    assert found["CONTENT_TYPE"] == "text/x"
    assert "HTTP_CONTENT_TYPE" not in found
    assert "CONTENT_LENGTH" not in found


def test_a_prefix_sent_twice_is_taken_once(server: Server) -> None:
    assert environ(server, "/api/v1/api/v1/users/a%2Fb")["PATH_INFO"] == "/api/v1/users/a/b"


def test_the_path_is_what_follows_the_root_path() -> None:
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/root/page",
        "raw_path": b"/root/page",
        "root_path": "/root",
        "query_string": b"",
        "http_version": "1.1",
        "headers": [],
        "server": ("/run/ghar.sock", None),
        "scheme": "https",
    }
    found = build_environ(scope, BytesIO(), None)
    assert (found["SCRIPT_NAME"], found["PATH_INFO"]) == ("/root", "/page")
    assert found["SERVER_PORT"] == "443"
