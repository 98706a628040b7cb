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


def test_a_port_with_a_listener_is_not_free(taken: int) -> None:
    assert not ports.is_free(taken)


def test_the_search_steps_over_a_taken_port(taken: int) -> None:
    assert ports.next_free(taken) > taken


def test_checkouts_begin_their_search_in_different_places(checkout: Checkout, tmp_path: Path) -> None:
    chosen = {ports.private(Checkout(tmp_path / str(number)), offset=0) for number in range(20)}
    assert len(chosen) >= 19
    assert all(port in ports.PRIVATE_RANGE for port in chosen)


def test_the_web_port_is_remembered(checkout: Checkout) -> None:
    first = platform.choose_port(checkout)
    assert platform.choose_port(checkout) == first
    assert local_env.read(checkout.local_env)["PORT"] == str(first)


def test_a_taken_web_port_moves_on_and_says_so(
    checkout: Checkout, taken: int, capsys: pytest.CaptureFixture[str]
) -> None:
    local_env.update(checkout, PORT=str(taken))
    port = platform.choose_port(checkout)
    assert port > taken
    assert f"Port {taken} is taken; using {port}" in capsys.readouterr().out


def test_a_given_port_is_never_exchanged(checkout: Checkout, taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", str(taken))
    with pytest.raises(Failure, match=f"Port {taken} is taken"):
        platform.choose_port(checkout)


@pytest.mark.parametrize("given", ["web", "0", "65536", "-1", "36.00"])
def test_a_given_port_has_to_be_one(checkout: Checkout, given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", given)
    with pytest.raises(Failure, match="not a port number"):
        platform.choose_port(checkout)
