"""The guides are right: whoever follows them gets an area that works and passes the checks."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from tests.documents.guide import copy_project, follow

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


def name_the_area(root: Path) -> None:
    areas = root / "config" / "areas.py"
    areas.write_text(areas.read_text().replace("\n)\n\nINSTALLED", '\n    "wishes",\n)\n\nINSTALLED', 1))


def test_whoever_follows_the_guides_gets_an_area_that_works(project):
    for package in ("apps/wishes", "apps/wishes/migrations", "tests/wishes"):
        (project / package).mkdir(parents=True)
        (project / package / "__init__.py").touch()
    assert len(follow("add-an-area.md", project)) == 8
    name_the_area(project)
    assert len(follow("add-an-operation.md", project)) == 5
    assert len(follow("add-an-event.md", project)) == 4
    assert len(follow("add-a-notice.md", project)) == 3
    assert len(follow("add-a-job.md", project)) == 3

    run(project, "python", "manage.py", "makemigrations", "wishes", "--name", "initial")
    run(project, "python", "manage.py", "docs")
    run(project, "ruff", "check", "--fix", "apps/wishes", "tests/wishes")
    run(project, "ruff", "format", "--check", "apps/wishes", "tests/wishes")
    run(project, "lint-imports", "--no-cache")
    run(project, "mypy", "apps/wishes")
    tests = ("tests/wishes", "tests/access", "tests/contract/test_wire.py")
    said = run(project, "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "wishes", *tests)
    assert "19 passed" in said, "ten of the guides' own, three for access, six for the wire"

    assert "/api/v1/wishes/<int:wish_id>" in (project / "docs/reference/operations.md").read_text()
    assert "TOO_MANY_WISHES" in (project / "docs/reference/errors.md").read_text()
