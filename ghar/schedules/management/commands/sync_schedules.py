"""`manage.py sync_schedules`: the declared schedules as rows of the scheduler."""

from typing import Any

from django.core.management.base import BaseCommand

from ghar.schedules import beat


class Command(BaseCommand):
    help = "Write the schedules that the code declares; what staff have changed stays. Runs again without harm."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, and tell how many of what."""
        told = [f"{count} {what}" for what, count in sorted(beat.sync().items()) if count]
        self.stdout.write(f"Schedules: {', '.join(told) or 'none'}.")
