import pytest

from ghar import tools


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> dict[str, tools.Tool]:
    """A registry of this test alone."""
    own: dict[str, tools.Tool] = {}
    monkeypatch.setattr(tools, "_registry", own)
    return own
