"""Demo data is loaded once for a database, and follows the platform to another address."""

import pytest

from ops import local_env, platform
from ops.checkout import Checkout
from ops.services import Services

RECORD = "import sys; print(*sys.argv[1:], file=open('said', 'a'))\n"


@pytest.fixture
def project(real_bin: Checkout, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A checkout with a given database, which writes down the management commands that it is asked for."""
    (real_bin.root / "manage.py").write_text(RECORD)
    monkeypatch.setenv("DATABASE_URL", "postgres://ghar@127.0.0.1:1/given")
    local_env.update(real_bin, PORT="3600")
    return real_bin


def _demo_commands(project: Checkout, *, demo: bool = True) -> list[str]:
    said = project.root / "said"
    said.write_text("")
    platform.bring_up_to_date(Services(project), demo=demo)
    return [line for line in said.read_text().splitlines() if line.startswith("load_demo")]


def test_it_is_loaded_once(project: Checkout) -> None:
    assert [_demo_commands(project) for _ in range(2)] == [["load_demo"], []]


def test_at_another_port_its_addresses_are_changed_and_nothing_is_loaded(
    project: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    _demo_commands(project)
    monkeypatch.setenv("PORT", "3655")
    assert [_demo_commands(project) for _ in range(2)] == [["load_demo --addresses"], []]
    monkeypatch.delenv("PORT")
    assert _demo_commands(project) == ["load_demo --addresses"]


def test_at_another_public_address_too(project: Checkout) -> None:
    _demo_commands(project)
    (project.root / ".env.test").write_text("PUBLIC_BASE_URL=https://ghar.example\n")
    assert _demo_commands(project, demo=False) == ["load_demo --addresses"]


def test_a_database_without_it_stays_so(project: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _demo_commands(project, demo=False) == []
    monkeypatch.setenv("PORT", "3655")
    assert _demo_commands(project, demo=False) == []
