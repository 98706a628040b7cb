"""The harness's own database: made by the project's migrations, filled once, kept while nothing has changed."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from bench import dataset, prose

ROOT = Path(__file__).resolve().parent.parent
NAME = "ghar_bench"
_MARK = "ghar bench "


class NotOurs(Exception):
    """A database of that name was not made here, and is left alone."""


def url_of(name: str) -> str:
    """The address of a database beside the one that DATABASE_URL names. Raises KeyError without DATABASE_URL."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def connect(name: str) -> psycopg.Connection[Any]:
    """A connection on which each statement commits by itself."""
    return psycopg.connect(url_of(name), autocommit=True, application_name="ghar-bench")


def ensure(name: str, listings: int, embed: Callable[[str], object] | None = None) -> bool:
    """Have the database with its data set, and vectors if they are wanted; True when it had to be made anew.

    Raises NotOurs.
    """

    def fill() -> None:
        with closing(connect(name)) as database:
            database.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
            dataset.load(database, listings)
        if embed is not None:
            embed(name)

    return have(name, _fingerprint(listings) + (" with vectors" if embed else ""), fill)


def have(name: str, fingerprint: str, fill: Callable[[], object]) -> bool:
    """Have a migrated database that was filled under this fingerprint; True when it had to be. Raises NotOurs."""
    wanted = f"{_MARK}{fingerprint}"
    with closing(connect("postgres")) as server:
        found = _comment(server, name)
        if found == wanted:
            return False
        if found is not None and not found.startswith(_MARK):
            raise NotOurs(f"The database {name} was not made by the harness. Drop it yourself if it may go.")
        if found != _migrated():
            _replace(server, name)
            _migrate(name)
        _set_comment(server, name, f"{_MARK}being filled")
        fill()
        _set_comment(server, name, wanted)
    return True


def note_migrated(name: str) -> None:
    """A database has every table and no row, however it came to them: what is left to do is to fill it."""
    with closing(connect("postgres")) as server:
        _set_comment(server, name, _migrated())


def drop(name: str) -> None:
    """Remove a database that the harness made. Raises NotOurs."""
    with closing(connect("postgres")) as server:
        found = _comment(server, name)
        if found is not None and not found.startswith(_MARK):
            raise NotOurs(f"The database {name} was not made by the harness.")
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def fingerprint(files: Iterable[Path]) -> str:
    """Changes with these files and with every migration."""
    return _digest([*files, *_migrations()])


def _fingerprint(listings: int) -> str:
    """Changes with the size, the generator and every migration."""
    files = [*map(Path, (dataset.__file__, prose.__file__)), ROOT / "bench/vectors.py"]
    return f"{listings} {fingerprint(files)}"


def _migrations() -> list[Path]:
    return sorted([*ROOT.glob("ghar/**/migrations/*.py"), *ROOT.glob("apps/*/migrations/*.py")])


def _migrated() -> str:
    """What is noted at a database that these migrations made."""
    return f"{_MARK}migrated {_digest(_migrations())}"


def _digest(files: Iterable[Path]) -> str:
    contents = b"".join(file.name.encode() + file.read_bytes() for file in files)
    return hashlib.sha256(contents).hexdigest()[:16]


def _comment(server: psycopg.Connection[Any], name: str) -> str | None:
    """The comment of a database, empty when it has none, None when there is no such database."""
    row = server.execute(
        "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    return row[0] if row else None


def _set_comment(server: psycopg.Connection[Any], name: str, text: str) -> None:
    server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(text)))


def _replace(server: psycopg.Connection[Any], name: str) -> None:
    """An empty database. It is marked at once, so that one left behind by a broken run may be replaced."""
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    _set_comment(server, name, f"{_MARK}being made")


def _migrate(name: str) -> None:
    environment = os.environ | {"DATABASE_URL": url_of(name), "DB_ROLE": "background"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
