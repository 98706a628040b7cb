"""The guides are right: whoever follows them gets an area that works and passes the checks."""

import difflib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from tests.architecture.sources import ROOT
from tests.architecture.test_findings import CHECKS
from tests.documents.guide import PROJECT, copy_project, follow

_GIVEN = urlsplit(settings.DATABASE_URL)
DATABASE = _GIVEN._replace(path=f"{_GIVEN.path}_guide").geturl()
SERVER = _GIVEN._replace(path="/postgres").geturl()


def run(root: Path, program: str, *arguments: str) -> str:
    """A program of the virtual environment inside the copy, on databases of the copy's own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    result = subprocess.run(
        [Path(sys.executable).parent / program, *arguments],
        cwd=root,
        env={
            **inherited,
            "PYTHONPATH": str(root),
            "DATABASE_URL": DATABASE,
            "DB_STATEMENT_TIMEOUT_MS": "0",  # a busy machine may take its time to drop a database
            "REDIS_URL": settings.REDIS_URL,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def drop_databases() -> None:
    """Those that the copy's tests made."""
    pattern = f"%{_GIVEN.path[1:]}_guide%"
    with psycopg.connect(SERVER, autocommit=True) as server:
        names = server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern]).fetchall()
        for (name,) in names:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def project(tmp_path):
    """A copy of the project."""
    yield copy_project(tmp_path)
    drop_databases()


FOLLOWED = {
    "add-an-area.md": 9,
    "add-an-operation.md": 6,
    "add-an-event.md": 5,
    "add-a-notice.md": 3,
    "add-a-job.md": 3,
    "add-a-screen.md": 2,
    "add-a-tool.md": 5,
}
"""The guides in the order in which one follows them, and how many files and additions each shows."""

TESTS = (
    "tests/wishes",
    "tests/access",
    "tests/contract/test_wire.py",
    "tests/documents/test_links.py",
)
LINE = '    "wishes",'
GENERATED = {"docs/reference/errors.md", "docs/reference/operations.md", "tests/contract/openapi.json"}
WALKED = (
    "test_every_operation.py::test_the_door_is_as_declared[POST /api/v1/wishes]",
    "test_every_operation.py::test_the_door_is_as_declared[DELETE /api/v1/wishes/<int:wish_id>]",
    "test_every_tool.py::test_the_door_is_as_declared[wishes_make]",
    "test_every_tool.py::test_the_door_is_as_declared[admin_wishes_list]",
    "test_every_resource.py::test_the_door_is_as_declared[talk_about_wishes]",
    "test_every_screen.py::test_the_pages_of_a_screen_are_as_declared[wishes.Wish]",
)
"""What the access test finds of the area by itself."""


def name_the_area(root: Path) -> None:
    """The one line."""
    areas = root / "config" / "areas.py"
    areas.write_text(areas.read_text().replace("\n)\n\nINSTALLED", f"\n{LINE}\n)\n\nINSTALLED", 1))


def follow_the_guides(root: Path) -> None:
    """The area with one of everything."""
    for package in ("apps/wishes", "apps/wishes/migrations", "tests/wishes"):
        (root / package).mkdir(parents=True)
        (root / package / "__init__.py").touch()
    assert {name: len(follow(name, root)) for name in FOLLOWED} == FOLLOWED
    name_the_area(root)
    run(root, "python", "manage.py", "makemigrations", "--name", "initial")  # for whatever lacks one: the area alone
    run(root, "ruff", "check", "--fix", "apps/wishes", "tests/wishes")  # sorts the imports that were added


def changed(root: Path) -> set[str]:
    """The files of a copy that differ from the project's, outside the folders of the area."""
    files = {path.relative_to(root) for name in PROJECT for path in (root / name).rglob("*") if path.is_file()}
    return {
        str(path)
        for path in files
        if "__pycache__" not in path.parts
        and path.parts[:2] not in {("apps", "wishes"), ("tests", "wishes")}
        and not _is_the_same(root / path, ROOT / path)
    }


def _is_the_same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()


def added_lines(root: Path, name: str) -> list[str]:
    """The lines of a file that the project's does not have, which lacks no other."""
    old, new = ((folder / name).read_text().splitlines() for folder in (ROOT, root))
    lines = list(difflib.ndiff(old, new))
    assert not [line for line in lines if line.startswith("- ")]
    return [line[2:] for line in lines if line.startswith("+ ")]


def test_whoever_follows_the_guides_gets_an_area_that_works(project):
    """One area with one of everything, because making it takes longer than looking at it from every side."""
    follow_the_guides(project)
    assert changed(project) == {"config/areas.py"}
    assert added_lines(project, "config/areas.py") == [LINE]

    run(project, "python", "manage.py", "docs")
    assert changed(project) == {"config/areas.py"} | GENERATED
    operations = json.loads((project / "tests/contract/openapi.json").read_text())["paths"]
    assert {"get", "post"} <= operations["/api/v1/wishes"].keys()
    assert "delete" in operations["/api/v1/wishes/{wish_id}"]
    assert "/api/v1/wishes/<int:wish_id>" in (project / "docs/reference/operations.md").read_text()
    assert "TOO_MANY_WISHES" in (project / "docs/reference/errors.md").read_text()

    run(project, "ruff", "format", "--check", "apps/wishes", "tests/wishes")
    run(project, "ruff", "check", "apps/wishes", "tests/wishes")
    run(project, "lint-imports", "--no-cache")
    run(project, "mypy", "apps/wishes")
    assert [finding for check in CHECKS for finding in check(alone(project))] == []

    shutil.copy(ROOT / "tests/documents/everywhere.py", project / "tests/wishes/test_everywhere.py")
    said = pytest_in(project, "-k", "wishes", *TESTS)
    assert [found for found in WALKED if f"{found} PASSED" not in said] == []
    passed = Counter(Path(line.partition("::")[0]).parts[1] for line in said.splitlines() if " PASSED" in line)
    assert passed == {"wishes": 21, "access": 8, "contract": 6, "documents": 2}


def alone(root: Path) -> Path:
    """The area without the rest, in whose files nothing is found that was not there before."""
    place = root / "var" / "alone"
    for package in ("apps/wishes", "tests/wishes"):
        shutil.copytree(root / package, place / package, dirs_exist_ok=True)
    return place


def pytest_in(root: Path, *arguments: str) -> str:
    """Tests of the copy, a line each."""
    return run(root, "python", "-m", "pytest", "-v", "-p", "no:cacheprovider", *arguments)
