"""Sign-out ends one session, the others, or all."""

import pytest

from tests.identity.wire import Wire

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "mine_lives", "other_lives"),
    [
        ("", False, False),
        ("?scope=global", False, False),
        ("?scope=local", False, True),
        ("?scope=others", True, False),
    ],
)
def test_a_scope_decides_which_sessions_end(wire: Wire, query: str, mine_lives: bool, other_lives: bool) -> None:
    mine, other = wire.sign_in(), wire.sign_in()
    left = wire.bearing(mine["access_token"]).post(f"logout{query}")
    assert (left.status_code, left.content) == (204, b"")
    assert (wire.refresh(mine["refresh_token"]).status_code == 200) is mine_lives
    assert (wire.refresh(other["refresh_token"]).status_code == 200) is other_lives


def test_an_unknown_scope_is_named(wire: Wire) -> None:
    refused = wire.bearing(wire.sign_in()["access_token"]).post("logout?scope=everyone")
    assert (refused.status_code, refused.json()["code"]) == (400, "validation_failed")
    assert "scope" in refused.json()["message"]
