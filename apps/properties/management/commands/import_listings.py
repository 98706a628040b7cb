"""`manage.py import_listings`: loads published listings from CSV files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from apps.properties.services import importing
from ghar.errors import DomainError
from ghar.progress import Progress

INTERRUPTED = 130  # what a shell expects of a command that was stopped by Ctrl-C
SHOWN = 20


class Command(BaseCommand):
    help = "Load published listings from a CSV file, with coordinates from a geo file. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV of listings (UTF-8)")
        parser.add_argument("--geo", type=Path, required=True, help="CSV of places: sector,coordinates")
        parser.add_argument("--owner", metavar="PHONE|EMAIL", help="whose the listings become")
        parser.add_argument("--source", default=importing.DEFAULT_SOURCE, help="name of the feed (%(default)s)")
        parser.add_argument("--report", type=Path, metavar="CSV", help="write every skipped row to this file")
        parser.add_argument("--dry-run", action="store_true", help="do everything, and keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["report"]:
                importing.system_write_skipped(options["report"], [])  # a bad path is told before the work
            report = importing.system_import_listings(
                options["file"],
                geo_path=options["geo"],
                owner_contact=options["owner"],
                source=options["source"],
                dry_run=options["dry_run"],
                progress=Progress(self.stdout),
            )
            if options["report"]:
                importing.system_write_skipped(options["report"], report.skipped)
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        except OperationalError as lost:
            raise CommandError(f"The database was lost, and whole batches are stored: {lost}") from lost
        self._tell(report, dry_run=options["dry_run"], shown=0 if options["report"] else SHOWN)
        if report.interrupted:
            raise CommandError(
                "Stopped. What is counted above is stored; run the same again for the rest.",
                returncode=INTERRUPTED,
            )

    def _tell(self, report: importing.Report, *, dry_run: bool, shown: int) -> None:
        self.stdout.write(f"{report.rows:,} rows" + (" (dry run: nothing was kept)" if dry_run else ""))
        for what in ("loaded", "updated", "unchanged"):
            self.stdout.write(f"  {what:<10}{getattr(report, what):>7,}")
        self.stdout.write(f"  {'skipped':<10}{len(report.skipped):>7,}")
        for reason, rows in report.reasons.most_common():
            self.stdout.write(f"    {rows:>5,}  {reason}")
        self.stdout.write(f"  stored without coordinates (place not in the geo file): {report.without_coordinates:,}")
        if shown and report.skipped:
            self._tell_rows(report, shown)

    def _tell_rows(self, report: importing.Report, shown: int) -> None:
        self.stdout.write("Skipped rows (the heading is row 1):")
        for row in report.skipped[:shown]:
            detail = f" ({row.detail})" if row.detail else ""
            self.stdout.write(f"  row {row.row:>5}  {row.source_id or '-':<12} {row.reason}{detail}")
        if len(report.skipped) > shown:
            self.stdout.write(f"  ... and {len(report.skipped) - shown:,} more; --report FILE.csv writes all.")
