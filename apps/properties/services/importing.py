"""Imports published listings from files: every row or a reason, whole batches, and the same again is nothing."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from django.contrib.gis.geos import Point
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import QuerySet

from apps.accounts.services import feeds
from apps.properties.events import ListingsImported
from apps.properties.models import Amenity, Property, PropertyAmenity
from apps.properties.rules import published
from apps.properties.rules.csv_files import MOST_BYTES, BadFileError
from apps.properties.rules.published import Listing, Skipped
from apps.properties.services import vocabulary
from ghar import geo
from ghar.errors import BadRequest
from ghar.events import publish
from ghar.progress import Progress

BATCH = 100
DEFAULT_SOURCE = "published"
MOST_SOURCE = 64

Outcome = Literal["loaded", "updated", "unchanged"]


class FileRefused(BadRequest):
    """A file is missing or is not what it should be. Nothing was written."""

    code = "FILE_REFUSED"


@dataclass
class Report:
    """What an import did. The counts and `skipped` add up to `rows`; `interrupted` when it was stopped half-way."""

    rows: int
    loaded: int = 0
    updated: int = 0
    unchanged: int = 0
    without_coordinates: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    interrupted: bool = False

    @property
    def reasons(self) -> Counter[str]:
        """How many rows were skipped for each reason."""
        return Counter(row.reason for row in self.skipped)

    def add(self, outcome: Outcome, listing: Listing) -> None:
        """Count one row that is in the database now."""
        setattr(self, outcome, getattr(self, outcome) + 1)
        self.without_coordinates += listing.position is None


def system_import_listings(
    path: Path,
    *,
    geo_path: Path,
    owner_contact: str | None = None,
    source: str = DEFAULT_SOURCE,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Store the listings of a feed; columns and meaning are in docs/guides/import-listings.md.

    A listing is known by `source` and its published id. Importing again updates the columns that the feed fills
    where they differ, and leaves owner, standing, pictures and counters alone. Rows are written in batches of
    `BATCH`; a row that the database refuses is skipped. At the end the words that correct misspelt searches are
    counted, so that the first search knows them. `dry_run` does the same and keeps nothing.
    Raises FileRefused, and BadRequest or OwnerNotFound for the owner, before anything is written.
    """
    if not source.strip() or len(source) > MOST_SOURCE:
        raise BadRequest(f"A source is a name of 1 to {MOST_SOURCE} characters.")
    rows, listings, skipped = _read(path, geo_path)
    report = Report(rows=rows, skipped=skipped)
    work = _Import(source.strip(), owner_contact, report, progress or Progress())
    if dry_run:
        with transaction.atomic():
            work.store(listings)
            transaction.set_rollback(True)
    else:
        work.store(listings)
        publish(ListingsImported(source=source.strip(), count=report.loaded + report.updated))
        if report.loaded or report.updated:
            vocabulary.system_count_words()
    report.skipped.sort(key=lambda row: row.row)
    return report


def system_write_skipped(path: Path, skipped: Sequence[Skipped]) -> None:
    """Write the skipped rows as CSV. Raises FileRefused when the file cannot be written."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["row", "id", "reason", "detail"])
            writer.writerows((row.row, row.source_id, row.reason, row.detail) for row in skipped)
    except OSError as wrong:
        raise FileRefused(f"{path} cannot be written: {wrong.strerror}.") from wrong


def _read(path: Path, geo_path: Path) -> tuple[int, list[Listing], list[Skipped]]:
    try:
        rows = published.read_listings(_bytes(path), name=path.name)
        centres = published.read_centres(_bytes(geo_path), name=geo_path.name)
    except BadFileError as wrong:
        raise FileRefused(str(wrong)) from wrong
    listings, skipped = published.listings(rows, centres)
    return len(rows), listings, skipped


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as wrong:
        raise FileRefused(f"{path} cannot be read: {wrong.strerror}.") from wrong


class _Import:
    """One run: where its listings come from, whose they become, and what it has done so far."""

    def __init__(self, source: str, owner_contact: str | None, report: Report, progress: Progress) -> None:
        self._source, self._report, self._progress = source, report, progress
        self._owner_id: int = (
            feeds.system_find_owner(owner_contact) if owner_contact else feeds.system_ensure_feed_owner()
        ).pk
        self._amenities: dict[str, int] = {
            amenity.title.casefold(): amenity.pk for amenity in Amenity.objects.filter(is_active=True)
        }

    def store(self, listings: Sequence[Listing]) -> None:
        """Store all, batch by batch. When somebody interrupts, the batches before stay."""
        try:
            with self._progress.bar("Listings", len(listings)) as bar:
                for start in range(0, len(listings), BATCH):
                    batch = listings[start : start + BATCH]
                    self._store_batch(batch)
                    bar.advance(len(batch))
        except KeyboardInterrupt:
            self._report.interrupted = True

    def _store_batch(self, batch: Sequence[Listing]) -> None:
        """One transaction, under a lock that makes imports of the same source take turns."""
        with transaction.atomic():
            self._lock()
            known = {listing.source_id: listing for listing in self._known(batch)}
            outcomes = [(listing, self._try(listing, known.get(listing.source_id))) for listing in batch]
        for listing, outcome in outcomes:
            if isinstance(outcome, Skipped):
                self._report.skipped.append(outcome)
            else:
                self._report.add(outcome, listing)

    def _lock(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import:{self._source}"])

    def _known(self, batch: Sequence[Listing]) -> QuerySet[Property]:
        return (
            Property.objects.filter(source=self._source, source_id__in=[listing.source_id for listing in batch])
            .select_for_update()
            .prefetch_related("property_amenities")
        )

    def _try(self, listing: Listing, known: Property | None) -> Outcome | Skipped:
        """Store one row in its own savepoint; what the database refuses is a skipped row."""
        try:
            with transaction.atomic():
                return self._create(listing) if known is None else self._update(listing, known)
        except (DataError, IntegrityError) as wrong:
            detail = str(wrong).partition("\n")[0]
            return Skipped(listing.row, listing.source_id, published.REFUSED, detail)

    def _create(self, listing: Listing) -> Outcome:
        stored = Property.objects.create(
            owner_id=self._owner_id, source=self._source, source_id=listing.source_id, **_columns(listing)
        )
        self._add_amenities(stored, self._amenity_ids(listing))
        return "loaded"

    def _update(self, listing: Listing, known: Property) -> Outcome:
        differing = {name: value for name, value in _columns(listing).items() if getattr(known, name) != value}
        wanted = self._amenity_ids(listing)
        have = {entry.amenity_id for entry in known.property_amenities.all()}
        if not differing and wanted == have:
            return "unchanged"
        for name, value in differing.items():
            setattr(known, name, value)
        known.save(update_fields=[*differing, "updated_at"])
        known.property_amenities.filter(amenity_id__in=have - wanted).delete()
        self._add_amenities(known, wanted - have)
        return "updated"

    def _amenity_ids(self, listing: Listing) -> set[int]:
        """The entries of the vocabulary that the feed names; what it does not have stays a feature only."""
        keys = (title.casefold() for title in listing.amenities)
        return {self._amenities[key] for key in keys if key in self._amenities}

    def _add_amenities(self, stored: Property, amenity_ids: set[int]) -> None:
        PropertyAmenity.objects.bulk_create(
            PropertyAmenity(property=stored, amenity_id=amenity_id) for amenity_id in sorted(amenity_ids)
        )


def _columns(listing: Listing) -> dict[str, Any]:
    point: Point | None = geo.point(*listing.position) if listing.position else None
    return {**listing.values, "location": point}
