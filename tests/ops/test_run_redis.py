"""The checkout's own Redis starts, answers only who knows the password, keeps its data and stops."""

import shutil
import socket
from urllib.parse import urlsplit

import pytest

from ops import redis_server
from ops.checkout import Checkout
from ops.console import Step
from ops.redis_server import Server

pytestmark = pytest.mark.skipif(not shutil.which("redis-server"), reason="this machine uses a given Redis")


@pytest.fixture
def server(checkout: Checkout) -> Server:
    server = Server(checkout)
    assert redis_server.ensure_running(server, Step("Redis"))
    return server


def test_it_answers(server: Server) -> None:
    assert redis_server.is_running(server)
    assert redis_server.information(server.url, "tcp_port") == str(urlsplit(server.url).port)


def test_a_second_start_finds_it_running(server: Server) -> None:
    assert not redis_server.ensure_running(server, Step("Redis"))


def test_a_wrong_password_gets_no_answer(server: Server) -> None:
    password = urlsplit(server.url).password or ""
    assert not redis_server.answers(server.url.replace(password, "wrong"))
    assert not redis_server.answers(server.url.replace(f":{password}@", ""))


def test_it_keeps_its_data_over_a_restart(server: Server) -> None:
    redis_server.ask(server.url, "SET", "tenant", "Tara")
    redis_server.stop(server)
    redis_server.ensure_running(server, Step("Redis"))
    assert "Tara" in redis_server.ask(server.url, "GET", "tenant")


def test_stopping_ends_it(server: Server) -> None:
    redis_server.stop(server)
    assert not redis_server.is_running(server)
    redis_server.stop(server)


def test_it_moves_when_somebody_took_its_port(server: Server) -> None:
    redis_server.stop(server)
    before = urlsplit(server.url).port
    with socket.create_server(("127.0.0.1", before or 0)):
        redis_server.ensure_running(server, Step("Redis"))
        assert urlsplit(server.url).port != before
        assert redis_server.is_running(server)
