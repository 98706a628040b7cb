"""Folders of its own for each test, and what is in them."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    """Uploads of a test go into folders of its own."""
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "public", tmp_path / "private"
    return tmp_path


@pytest.fixture
def kept(folders):
    """The files that are there, as paths below public/ and private/."""

    def look() -> set[str]:
        return {file.relative_to(folders).as_posix() for file in Path(folders).rglob("*") if file.is_file()}

    return look
