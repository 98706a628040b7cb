"""The project's own source files, and small breaches planted in a copy of them."""

import ast
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
ANALYSED = ("apps", "config", "ghar", "ops", "tests/__init__.py", "tests/architecture", ".importlinter")


class Source(NamedTuple):
    """A file of an area or of the kernel: its path from the root, and its syntax."""

    path: Path
    tree: ast.Module

    @property
    def part(self) -> str:
        """For a file of an area the name of the file (or package) that design gives it: `services`, `views`."""
        return Path(self.path.parts[2]).stem if len(self.path.parts) > 2 else ""

    def at(self, node: ast.AST, what: str) -> str:
        """A finding as a line that an editor can follow."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {what}"


def sources(root: Path, *folders: str) -> Iterator[Source]:
    """Every Python file below the folders, parsed."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            yield Source(path.relative_to(root), _parsed(path.read_text(encoding="utf-8")))


@cache
def _parsed(text: str) -> ast.Module:
    """Copies differ from the original in one file, so most of them are parsed already."""
    return ast.parse(text)


def copy_tree(to: Path) -> Path:
    """A copy of what the checks look at."""
    for name in ANALYSED:
        source = ROOT / name
        target = to / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return to


@contextmanager
def planted(root: Path, path: str, text: str) -> Iterator[None]:
    """Lines at the end of a file of the copy, as long as this lasts; the file and its packages are made if need be."""
    file = root / path
    packages = [root / folder for folder in Path(path).parents if folder != Path()]
    new = [one for folder in reversed(packages) for one in (folder, folder / "__init__.py") if not one.exists()]
    before = file.read_text(encoding="utf-8") if file.exists() else None
    file.parent.mkdir(parents=True, exist_ok=True)
    for init in (one for one in new if one.suffix):
        init.touch()
    file.write_text(f"{before or ''}\n{text}\n", encoding="utf-8")
    try:
        yield
    finally:
        _put_back(file, before)
        for one in new:
            _remove(one)


def _put_back(file: Path, text: str | None) -> None:
    if text is None:
        file.unlink()
    else:
        file.write_text(text, encoding="utf-8")


def _remove(path: Path) -> None:
    """Something that a folder before it may have taken along."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
