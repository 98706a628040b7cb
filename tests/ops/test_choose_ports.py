"""Ports are chosen so that nothing collides, remembered, and never taken from somebody else."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops import local_env, platform, ports
from ops.checkout import Checkout
from ops.console import Failure


@pytest.fixture
def taken() -> Iterator[int]:
    """A port somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def taken_once() -> int:
    """A port whose server has ended, and closed a connection first (TIME_WAIT)."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as client:
            server.accept()[0].close()
            client.recv(1)
    return port


def test_a_port_with_a_listener_is_not_free(taken: int) -> None:
    assert not ports.is_free(taken)


def test_a_port_is_free_again_after_its_last_connections(taken_once: int) -> None:
    assert ports.is_free(taken_once)


def test_the_search_steps_over_a_taken_port(taken: int) -> None:
    assert ports.next_free(taken) > taken


def test_checkouts_begin_their_search_in_different_places(checkout: Checkout, tmp_path: Path) -> None:
    chosen = {ports.private(Checkout(tmp_path / str(number)), offset=0) for number in range(20)}
    assert len(chosen) >= 15  # of a thousand places; that six of twenty meet would take more than chance
    assert all(port in ports.PRIVATE_RANGE for port in chosen)


def test_the_web_port_is_remembered(checkout: Checkout) -> None:
    with platform.choose_port(checkout) as first:
        pass
    with platform.choose_port(checkout) as second:
        assert second == first
    assert local_env.read(checkout.local_env)["PORT"] == str(first)


def test_a_taken_web_port_moves_on_and_says_so(
    checkout: Checkout, taken: int, capsys: pytest.CaptureFixture[str]
) -> None:
    local_env.update(checkout, PORT=str(taken))
    with platform.choose_port(checkout) as port:
        assert port > taken
    assert f"Port {taken} is taken; using {port}" in capsys.readouterr().out


def test_a_web_port_is_held_before_anybody_listens(checkout: Checkout, tmp_path: Path) -> None:
    other = Checkout(tmp_path / "other")
    with platform.choose_port(checkout) as port:
        assert not ports.is_free(port)
        local_env.update(other, PORT=str(port))
        with platform.choose_port(other) as elsewhere:
            assert elsewhere > port
    assert ports.is_free(port)


def test_a_given_port_that_another_checkout_holds_is_refused(
    checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with platform.choose_port(checkout) as port:
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(Failure, match=f"Port {port} is taken"):
            platform.choose_port(Checkout(tmp_path / "other"))


def test_a_given_port_is_never_exchanged(checkout: Checkout, taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", str(taken))
    with pytest.raises(Failure, match=f"Port {taken} is taken"):
        platform.choose_port(checkout)


@pytest.mark.parametrize("given", ["web", "0", "65536", "-1", "36.00"])
def test_a_given_port_has_to_be_one(checkout: Checkout, given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", given)
    with pytest.raises(Failure, match="not a port number"):
        platform.choose_port(checkout)
