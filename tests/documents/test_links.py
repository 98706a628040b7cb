"""Links between the documents lead somewhere, and the notes of an area stay short."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
PAGES = sorted(
    page for pattern in ("*.md", "docs/**/*.md", "apps/*/*.md", "bench/**/*.md") for page in ROOT.glob(pattern)
)
MOST_LINES = 40


def broken_links(page: Path) -> list[str]:
    """Targets that are not there."""
    return [target for target in _LINK.findall(page.read_text("utf-8")) if not (page.parent / target).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    assert broken_links(page) == []


def test_a_broken_link_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("[there](page.md), [gone](gone.md#part), [outside](https://example.org)")
    assert broken_links(page) == ["gone.md"]


@pytest.mark.parametrize("notes", sorted(ROOT.glob("apps/*/README.md")), ids=lambda path: path.parent.name)
def test_the_notes_of_an_area_are_one_page(notes):
    assert len(notes.read_text("utf-8").splitlines()) <= MOST_LINES
