"""The admin's client, and pages as the admin writes them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.cast import Cast
from tests.support.client import Client


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> Path:
    """Files of a test go into folders of its own."""
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "public", tmp_path / "private"
    return tmp_path


@pytest.fixture
def admin(api: Client, cast: Cast) -> Client:
    """The admin's client."""
    return api.as_(cast.admin)


@pytest.fixture
def write_page(admin: Client) -> Callable[..., Any]:
    """`write_page(**values)` writes a public page over REST."""

    def write(**values: Any) -> Any:
        usual = {"unique_name": "terms", "title": "Terms", "content": "<p>Be kind.</p>", "is_private": False}
        return admin.post("/api/v1/pages", {**usual, **values})

    return write


@pytest.fixture
def report(api: Client) -> Callable[..., Any]:
    """`report(person, **values)` reports a bug over REST."""

    def send(person: Any, **values: Any) -> Any:
        usual = {
            "source": "ghar",
            "bug_type": "crash",
            "severity": "high",
            "title": "It closes",
            "description": "Always",
        }
        return api.as_(person).post("/api/v1/bugs", {**usual, **values})

    return send


@pytest.fixture
def release(admin: Client) -> Callable[..., Any]:
    """`release("2.0.0", **values)` enters a version over REST."""

    def enter(version: str, **values: Any) -> Any:
        return admin.post("/api/v1/versions", {"app": "ghar", "platform": "android", "version": version, **values})

    return enter
