"""Forget what has run out."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.identity.services import purge


class Command(BaseCommand):
    help = "Forget codes, flows, messages, sessions, keys and unproven accounts that have run out."

    def handle(self, *args: Any, **options: Any) -> None:
        """Purge and tell how much of what."""
        for what, count in purge.system_purge().items():
            self.stdout.write(f"{what}: {count}")
