"""Responses reach the client as the application made them, short or long, under every server."""

import http.client

import pytest

from tests.kernel.asgi.live import PATIENCE_S, Server, read_all, read_until, until

INTERNAL_ERROR = {
    "error": {"code": "INTERNAL_ERROR", "message": "An unexpected error occurred"},
    "detail": "An unexpected error occurred",
}


def test_a_long_response_arrives_whole_and_is_closed(server: Server) -> None:
    body = server.get("/download?200").body
    assert len(body) == 200 * 65536
    assert all(body[number * 65536] == number for number in range(200))
    server.wait_for("closed download")


def test_a_short_response_keeps_the_connection(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_S)
    for _ in range(3):
        connection.request("GET", "/x")
        assert connection.getresponse().read()
        assert connection.sock is not None
    connection.close()


def test_a_whole_response_gets_its_length(server: Server) -> None:
    answer = server.get("/undeclared")
    assert (answer.body, answer.headers["Content-Length"]) == (b"whole body", "10")


def test_a_generator_calls_start_response_when_it_is_iterated(server: Server) -> None:
    answer = server.get("/lazy")
    assert (answer.body, answer.headers["Content-Length"]) == (b"lazybody", "8")


@pytest.mark.parametrize("path", ["/x", "/lazy", "/download?1000"])
def test_head_has_the_headers_and_no_body(server: Server, path: str) -> None:
    request = f"HEAD {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"
    with server.open(request) as connection:
        head, _, body = read_all(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert b"content-type" in head.lower()
    assert body == b""


def test_204_has_no_body(server: Server) -> None:
    with server.open("GET /nothing HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n") as connection:
        head, _, body = read_all(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 204")
    assert b"x-empty: yes" in head.lower()
    assert b"transfer-encoding" not in head.lower()
    assert body == b""


def test_a_header_may_repeat(server: Server) -> None:
    assert server.get("/cookies").headers.get_all("Set-Cookie") == ["a=1", "b=2"]


def test_a_cookie_loses_the_space_that_django_writes_before_it(server: Server) -> None:
    with server.open_get("/cookies") as connection:
        head = read_until(connection, b"\r\n\r\n").lower()
    assert b"set-cookie: b=2\r\n" in head


def test_the_write_callable_sends_before_the_iterable(server: Server) -> None:
    assert server.get("/written").body == b"one two three"


def test_a_response_may_be_replaced_before_it_is_sent(server: Server) -> None:
    answer = server.get("/replaced")
    assert (answer.status, answer.headers["X-Which"], answer.body) == (409, "second", b"two")


def test_a_failure_before_the_response_is_the_envelope_of_500(server: Server) -> None:
    answer = server.get("/fail_before")
    assert answer.status == 500
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == INTERNAL_ERROR
    until(lambda: "before the response" in server.log())


@pytest.mark.parametrize(("path", "sent"), [("/fail_after", b"first"), ("/reraised", b"sent")])
def test_a_failure_after_the_response_began_cuts_the_connection(server: Server, path: str, sent: bytes) -> None:
    with pytest.raises((http.client.IncompleteRead, ConnectionError)) as cut:
        server.get(path)
    assert getattr(cut.value, "partial", sent) == sent
    assert server.get("/after").status == 200
