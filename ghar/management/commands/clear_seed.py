"""`manage.py clear_seed`: takes the demo data away again."""

from typing import Any

from django.core.management.base import BaseCommand

from ghar import demo
from ghar.progress import Progress


class Command(BaseCommand):
    help = "Remove the demo data of every area. Real rows stay, and so do the demo rows that they hang on."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = demo.clear(Progress(self.stdout))
        told = [f"{count:,} {what}" for what, count in counts.items() if count]
        self.stdout.write("\n".join(told) if told else "There was no demo data.")
