"""`manage.py run_job NAME`: one scheduled job, here and now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ghar import jobs


class Command(BaseCommand):
    help = "Run a scheduled job in this process, whatever its schedule says."

    def add_arguments(self, parser: CommandParser) -> None:
        """The job's name."""
        parser.add_argument("name", help="For instance identity.purge_identity.")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        """Run it. An unknown name is answered with those there are."""
        job = jobs.find_scheduled(name)
        if job is None:
            raise CommandError(f"There is no scheduled job {name!r}. There are: {', '.join(jobs.scheduled())}.")
        try:
            jobs.run(job)
        except jobs.AlreadyRunning as running:
            raise CommandError(f"{name} is running already.") from running
        self.stdout.write(f"{name} is done.")
