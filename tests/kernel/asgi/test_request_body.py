"""Bodies arrive whole whatever their size; one too large or broken never reaches the application."""

import hashlib
import os
from collections.abc import Iterator

import pytest

from tests.kernel.asgi.application import BODY_LIMIT, LARGER_LIMIT, MIB
from tests.kernel.asgi.live import Server, read_all, read_until

MESSAGE = "The request body is too large. Maximum size is 8MB"
TOO_LARGE = {"error": {"code": "FILE_TOO_LARGE", "message": MESSAGE}, "detail": MESSAGE}


@pytest.mark.parametrize("size", [0, 10, 3 * MIB, BODY_LIMIT])
def test_a_body_of_declared_length_arrives_whole(server: Server, size: int) -> None:
    body = os.urandom(size)
    answer = server.request("POST", "/digest", body)
    assert answer.json() == {
        "sha256": hashlib.sha256(body).hexdigest(),
        "size": size,
        "content_length": str(size),
    }


def test_a_chunked_body_arrives_whole_and_gets_a_length(server: Server) -> None:
    body = os.urandom(2 * MIB)
    answer = server.request("POST", "/digest", iter([body[:100], body[100:MIB], body[MIB:]]))
    assert answer.json()["sha256"] == hashlib.sha256(body).hexdigest()
    assert answer.json()["content_length"] == str(len(body))


def test_a_body_can_be_read_by_lines(server: Server) -> None:
    assert server.request("POST", "/lines", b"one\ntwo\nthree").json() == ["one\n", "two\n", "three"]


def test_a_declared_length_over_the_limit_is_refused(server: Server) -> None:
    answer = server.request("POST", "/digest", b"x" * (BODY_LIMIT + 1))
    assert answer.status == 413
    assert answer.json() == TOO_LARGE


def test_chunks_over_the_limit_are_refused(server: Server) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(BODY_LIMIT // MIB + 1):
            yield b"x" * MIB

    answer = server.request("POST", "/digest", chunks())
    assert answer.status == 413
    assert answer.json() == TOO_LARGE


def test_one_path_may_have_a_limit_of_its_own(server: Server) -> None:
    body = os.urandom(LARGER_LIMIT)
    assert server.request("POST", "/album", body).json()["sha256"] == hashlib.sha256(body).hexdigest()
    for larger in (body + b"x", iter([body, b"x"])):
        refused = server.request("POST", "/album", larger)
        assert (refused.status, refused.json()["detail"]) == (413, MESSAGE.replace("8MB", "12MB"))


def test_a_body_asked_for_by_100_continue_is_sent_after_it(server: Server) -> None:
    headers = "Host: test\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n"
    with server.open(f"POST /lines HTTP/1.1\r\n{headers}\r\n") as connection:
        assert read_until(connection, b"\r\n\r\n").startswith(b"HTTP/1.1 100")
        connection.sendall(b"hello")
        assert b'["hello"]' in read_all(connection)


def test_a_client_that_leaves_during_its_upload_never_reaches_the_application(server: Server) -> None:
    with server.open("POST /left HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\npart"):
        pass
    with server.open("POST /half HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n"):
        pass
    assert server.get("/after").status == 200
    assert server.events() == ["echo /after"]


def test_a_length_that_is_no_number_is_a_bad_request(server: Server) -> None:
    request = "POST /x HTTP/1.1\r\nHost: test\r\nContent-Length: ten\r\nConnection: close\r\n\r\n0123456789"
    with server.open(request) as connection:
        assert read_until(connection, b"\r\n").startswith(b"HTTP/1.1 400")


def test_a_body_that_stalls_is_given_up(server: Server) -> None:
    with server.open("POST /x HTTP/1.1\r\nHost: test\r\nContent-Length: 9\r\n\r\npart") as connection:
        if server.kind != "daphne":  # it hands a request over when it has all of it
            assert read_until(connection, b"\r\n").startswith(b"HTTP/1.1 408")
