"""`manage.py docs`: the reference that is written from the code."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.documents import contract, errors, operations, variables
from config.settings.environment import ROOT

FILES: dict[str, Callable[[], str]] = {
    "docs/reference/settings.md": variables.text,
    "docs/reference/operations.md": operations.text,
    "docs/reference/errors.md": errors.text,
    "tests/contract/openapi.json": contract.text,
}


class Command(BaseCommand):
    help = "Write the reference in docs/reference and the OpenAPI document that the tests compare with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is stale")
        parser.add_argument("--into", type=Path, default=ROOT, help="the checkout (%(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        root: Path = options["into"]
        stale = {name: text for name, write in FILES.items() if _read(root / name) != (text := write())}
        if options["check"] and stale:
            raise CommandError(f"Stale: {', '.join(stale)}. Write anew with: bin/ghar manage docs")
        for name, text in stale.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"Wrote {name}")
        if not stale:
            self.stdout.write("Everything is fresh.")


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
