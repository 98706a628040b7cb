"""Sign with a new key from now on."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.identity.services import keys


class Command(BaseCommand):
    help = "Sign access tokens with a new key. The old one stays published until its last token has run out."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rotate the stored key; a configured key is changed where it is configured."""
        if settings.IDENTITY_SIGNING_KEY:
            raise CommandError("IDENTITY_SIGNING_KEY is set, so the stored keys are not used. Change the variable.")
        signer = keys.system_rotate_key()
        self.stdout.write(f"New tokens are signed with key {signer.kid}.")
