import pytest

from ghar import prompts, resources, tools


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> dict[str, tools.Tool]:
    """A registry of this test alone; of resources, prompts and suggestions too."""
    own: dict[str, tools.Tool] = {}
    monkeypatch.setattr(tools, "_registry", own)
    monkeypatch.setattr(resources, "_registry", {})
    monkeypatch.setattr(prompts, "_prompts", {})
    monkeypatch.setattr(prompts, "_completers", {})
    return own
