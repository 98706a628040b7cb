"""`manage.py load_demo`: demo data of every area."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ghar import demo
from ghar.errors import DomainError
from ghar.progress import Progress


class Command(BaseCommand):
    help = "Add demo data: people to sign in as, listings, pictures. Safe to repeat; `clear_seed` removes it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--addresses",
            action="store_true",
            help="add nothing: only have what is there name the present PUBLIC_BASE_URL, after that has changed",
        )
        parser.add_argument("--i-know", action="store_true", help="load it into production too")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = self._counts(**options)
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        added = [f"{count:,} {what}" for what, count in counts.items() if count]
        self.stdout.write(f"Added {', '.join(added)}." if added else "Everything was there already; nothing added.")

    def _counts(self, *, addresses: bool, i_know: bool, **_options: Any) -> demo.Counts:
        return demo.readdress() if addresses else demo.load(Progress(self.stdout), insist=i_know)
