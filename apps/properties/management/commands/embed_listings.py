"""`manage.py embed_listings`: embeds what waits, now and with a bar, instead of leaving it to the worker."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.properties.services import embedding, embedding_index
from apps.properties.services.embedding_lease import EmbeddingUnderWay
from ghar.embedding import port
from ghar.progress import Progress

INTERRUPTED = 130  # what a shell expects of a command that was stopped by Ctrl-C


class Command(BaseCommand):
    help = "Embed the listings that wait for it. Safe to stop, and to repeat: it goes on where it was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--all", action="store_true", help="all available listings anew, also unchanged ones")
        which.add_argument("--model", metavar="NAME", help="anew those whose vector is of this model")

    def handle(self, *args: Any, **options: Any) -> None:
        standing = port.standing()
        self.stdout.write(f"Model: {standing.model}" + (f" ({standing.note})" if standing.note else ""))
        if embedding_index.system_ensure_index():
            self.stdout.write("An index for vectors of its size was built.")
        self._request(model=options["model"], everything=options["all"])
        try:
            run = embedding.system_embed_listings(progress=Progress(self.stdout))
        except EmbeddingUnderWay as other:
            raise CommandError("Another run embeds listings; it does these as well.") from other
        except KeyboardInterrupt:
            raise CommandError("Stopped. Run the same again for the rest.", returncode=INTERRUPTED) from None
        self.stdout.write(f"{run.embedded:,} embedded, {run.unchanged:,} as before, {run.removed:,} taken away")
        if run.failed:
            raise CommandError(f"Stopped, because {run.failed}. What is left is tried again by itself, or by this.")

    def _request(self, **which: Any) -> None:
        try:
            embedding.system_request_missing(**which)
        except embedding.NoSuchModel as unknown:
            raise CommandError(str(unknown)) from unknown
