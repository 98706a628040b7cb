"""The built widgets are what their sources say, so that nobody who runs Ghar needs Node."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from ghar.widgets import BUILT
from tests.architecture.sources import ROOT

FOLDER = ROOT / "widgets"
SOURCES = ("src", "build.mjs", "package.json", "package-lock.json", "tsconfig.json")
MANIFEST = json.loads((BUILT / "manifest.json").read_text())
NAMES = sorted(MANIFEST["widgets"])
MOST_BYTES = 60 * 1024


def sources_digest() -> str:
    """As `widgets/build.mjs` computes it."""
    digest = hashlib.sha256()
    for path in sorted(_files(), key=lambda path: path.as_posix()):
        digest.update(f"{path.relative_to(FOLDER).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).hexdigest().encode())
    return digest.hexdigest()


def _files() -> list[Path]:
    places = [FOLDER / name for name in SOURCES]
    return [path for place in places for path in ([place] if place.is_file() else place.rglob("*")) if path.is_file()]


def test_they_were_built_from_the_present_sources():
    assert MANIFEST["sources"] == sources_digest(), "Build anew with: bin/ghar widgets"


def test_there_is_nothing_else():
    assert {path.name for path in BUILT.iterdir()} == {
        "manifest.json",
        "preact-LICENSE.txt",
        *(f"{name}.html" for name in NAMES),
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_the_one_that_was_built(name):
    assert hashlib.sha256((BUILT / f"{name}.html").read_bytes()).hexdigest() == MANIFEST["widgets"][name]["sha256"]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_small_and_loads_nothing(name):
    html = (BUILT / f"{name}.html").read_text()
    markup = re.sub(r"<(script|style)>.*?</\1>", "", html, flags=re.DOTALL)
    style = "".join(re.findall(r"<style>(.*?)</style>", html, re.DOTALL))
    assert len(html.encode()) < MOST_BYTES
    assert re.findall(r"\b(?:src|href|style|on\w+)\s*=.*", markup) == ['href="data:,">']
    assert re.findall(r"url\(|@import", style) == []
