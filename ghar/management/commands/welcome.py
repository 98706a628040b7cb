"""`manage.py welcome`: where everything is, and who can sign in."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from ghar import demo

PLACES = (
    ("API", "/api/v1/"),
    ("API, to try out", "/api/v1/docs"),
    ("API, to read", "/api/v1/redoc"),
    ("Reference", "/reference"),
    ("Staff admin", "/admin/"),
    ("Health", "/health"),
    ("Metrics", "/metrics"),
)


class Command(BaseCommand):
    help = "Print the addresses of this deployment and the demo sign-ins, if demo data is loaded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--base", default=settings.PUBLIC_BASE_URL, help="base URL (%(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        base = options["base"].rstrip("/")
        identity = f"{base}/auth/v1" if settings.IDENTITY_EMBEDDED else settings.AUTH_ISSUER
        self._table([*((name, base + path) for name, path in PLACES), ("Identity", identity)])
        if people := demo.sign_ins():
            self.stdout.write("\nDemo sign-ins")
            self._table([("who", "phone", "email", "password"), *people])

    def _table(self, rows: Sequence[Sequence[str]]) -> None:
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write(f"  {'   '.join(cells).rstrip()}")
