"""Whoever follows the guide gets a widget that builds, with types that hold."""

import json
import re
import shutil

from tests.architecture.sources import ROOT
from tests.journeys import node

GUIDE = ROOT / "docs" / "guides" / "add-a-widget.md"
SHOWN = re.compile(r"^`([\w/.]+)`:\n\n```(?:json|tsx|css)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_whoever_follows_the_guide_gets_a_widget(packages, tmp_path):
    shutil.copytree(packages, tmp_path / "widgets", ignore=shutil.ignore_patterns("node_modules"))
    (tmp_path / "widgets" / "node_modules").symlink_to(packages / "node_modules")
    (tmp_path / "static").mkdir()
    files = SHOWN.findall(GUIDE.read_text())
    assert [path.rpartition("/")[2] for path, _ in files] == ["about.json", "main.tsx", "main.css"]
    for path, text in files:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    node.run("npx", "tsc", "--noEmit", folder=tmp_path / "widgets")
    node.run("npm", "run", "--silent", "build", folder=tmp_path / "widgets")
    built = tmp_path / "static" / "widgets"
    assert json.loads((built / "manifest.json").read_text())["widgets"]["WishWidget"]["title"] == "Wish"
    assert "wishes_make" in (built / "WishWidget.html").read_text()
