"""Tells whether something has changed since a piece of set-up was last done, so that it need not be repeated."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from ops import postgres
from ops.checkout import Checkout
from ops.services import Services

CODE = ("apps", "config", "ghar", "static", "templates", "requirements", "manage.py")


def unless_unchanged(checkout: Checkout, name: str, state: Callable[[], str], act: Callable[[], None]) -> None:
    """Act, unless the state is the one that the last act of this name left behind. An empty state is unknown."""
    mark = checkout.done / name
    if state() and mark.exists() and mark.read_text(encoding="utf-8") == state():
        return
    act()
    mark.write_text(state(), encoding="utf-8")


def of_code(checkout: Checkout) -> str:
    """A digest of the names, sizes and times of all files that migrations and static files come from."""
    digest = hashlib.sha256()
    for path in sorted(_files(checkout)):
        facts = path.stat()
        digest.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _files(checkout: Checkout) -> Iterator[Path]:
    for name in CODE:
        place = checkout.root / name
        found = place.rglob("*") if place.is_dir() else [place]
        yield from (path for path in found if path.is_file() and "__pycache__" not in path.parts)


def of_database(used: Services) -> str:
    """The code, and what the checkout's own database says was applied to it; unknown for a given database."""
    if not used.own_postgres:
        return ""
    statement = "SELECT count(*), max(applied) FROM django_migrations"
    applied = postgres.query(used.cluster, used.cluster.url, statement)
    return f"{of_code(used.checkout)} {applied}" if applied else ""


def of_static_files(checkout: Checkout) -> str:
    """The code, as long as the folder that was filled from it is still there."""
    return of_code(checkout) if (checkout.var / "static").is_dir() else ""
