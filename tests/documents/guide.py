"""Follows a guide: writes the files that it shows into a copy of the project."""

import re
import shutil
from pathlib import Path

from tests.architecture.sources import ROOT

PROJECT = ("apps", "config", "ghar", "ops", "tests", "templates", "static", "docs", "manage.py", "pyproject.toml",
           ".importlinter")  # fmt: skip
_WHOLE = re.compile(r"^`([\w/.]+)`:\n\n```(?:python|markdown)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ADDED = re.compile(
    r"^Added to `([\w/.]+)`:\n\n```python\n(.*?)^```$"
    r"(?:\n\nwith these imports:\n\n```python imports\n(.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)


def copy_project(to: Path) -> Path:
    """A copy of everything that the project is made of, with what Python has compiled of it already."""
    for name in PROJECT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, to / name, ignore=shutil.ignore_patterns("*-pytest-*.pyc", "node_modules"))
        elif source.exists():
            shutil.copy(source, to / name)
    return to


def follow(name: str, root: Path) -> list[str]:
    """Write what a guide shows; answers the paths."""
    text = (ROOT / "docs" / "guides" / name).read_text(encoding="utf-8")
    for path, code in _WHOLE.findall(text):
        _put(root / path, code)
    for path, code, imports in _ADDED.findall(text):
        _add(root / path, code, imports)
    return [path for path, *_ in (*_WHOLE.findall(text), *_ADDED.findall(text))]


def _put(path: Path, code: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code, encoding="utf-8")


def _add(path: Path, code: str, imports: str) -> None:
    """Code at the end; imports before the first one that is there (the formatter sorts them)."""
    old = path.read_text(encoding="utf-8")
    place = re.search(r"^from (apps|ghar)", old, re.MULTILINE)
    start = place.start() if place else 0
    path.write_text(f"{old[:start]}{imports}{old[start:]}\n\n{code}", encoding="utf-8")
