"""A provider on this machine, and somebody who asks for pictures."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from apps.studio import services
from apps.studio.gateways import asking
from tests.studio.provider_double import Provider
from tests.support.cast import Cast
from tests.support.client import Client

URL = "/api/v1/design-studio/generate"


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> Path:
    """What is kept goes into folders of the test's own."""
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "public", tmp_path / "private"
    return tmp_path


@pytest.fixture
def provider(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """The provider that the settings name; between two attempts nobody waits."""
    double = Provider()
    settings.STUDIO_PROVIDER, settings.STUDIO_API_KEY = "gemini", "key-of-the-studio"
    settings.STUDIO_API_BASE, settings.STUDIO_MODEL = double.base, "painter"
    monkeypatch.setattr(asking, "PAUSE_S", 0.0)
    services._places.cache_clear()
    yield double
    services._places.cache_clear()
    double.stop()


@pytest.fixture
def ask(api: Client, cast: Cast) -> Callable[..., Any]:
    """`ask(**values)` asks for a picture as the seeker."""
    client = api.as_(cast.seeker)
    return lambda **values: client.post(URL, {"mode": "text-to-image", "prompt": "A bright kitchen", **values})
