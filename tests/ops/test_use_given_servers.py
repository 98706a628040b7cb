"""Servers that are given are used; none is started beside them, and a silent one is named at once."""

import socket

import pytest

from ops import python_env, services
from ops.checkout import Checkout
from ops.console import Failure
from ops.services import Services


def test_nothing_is_started_beside_given_servers(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = f"127.0.0.1:{server.getsockname()[1]}"
        monkeypatch.setenv("DATABASE_URL", f"postgres://theirs@{place}/theirs")
        monkeypatch.setenv("REDIS_URL", f"redis://{place}/3")
        with services.in_use(Services(checkout)):
            assert python_env.environment(checkout)["REDIS_URL"] == f"redis://{place}/3"
    assert not (checkout.var / "postgres").exists()
    assert not (checkout.var / "redis").exists()
    assert not checkout.local_env.exists()


def test_a_server_in_the_file_of_the_environment_is_given(checkout: Checkout) -> None:
    (checkout.root / ".env.test").write_text("REDIS_URL=redis://127.0.0.1:1/0\n")
    assert not Services(checkout).own_redis
    assert Services(checkout).own_postgres


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL"])
def test_a_silent_server_is_named(checkout: Checkout, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "scheme://somebody:hidden@127.0.0.1:1/0")
    with pytest.raises(Failure, match=f"Nobody listens at 127.0.0.1:1, where {name} points") as caught:
        services.start(Services(checkout))
    assert "hidden" not in caught.value.what


def test_a_port_that_is_no_number_is_refused(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@db.example.org:none/0")
    with pytest.raises(Failure, match="DATABASE_URL is not a URL"):
        services.start(Services(checkout))
