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
        parser.add_argument("--i-know", action="store_true", help="load it into production too")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = demo.load(Progress(self.stdout), insist=options["i_know"])
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        added = [f"{count:,} {what}" for what, count in counts.items() if count]
        self.stdout.write(f"Added {', '.join(added)}." if added else "Everything was there already; nothing added.")
