"""Demo listings around Gurugram, with drawn pictures; they belong to the demo owners of the accounts area."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Concat

from apps.accounts.services import demo as people
from apps.properties.events import ListingsImported
from apps.properties.models import Amenity, ImageCategory, Property, PropertyAmenity, PropertyImage
from apps.properties.models.listing import OPEN
from apps.properties.rules import demo_listings, pictures
from apps.properties.rules.demo_listings import DemoListing
from apps.properties.services import images, vocabulary
from ghar import clock, demo, geo
from ghar.errors import Conflict
from ghar.events import publish
from ghar.progress import Progress

SOURCE = "demo"
_BATCH = 250
_CATEGORIES = {
    "hall": ImageCategory.HALL,
    "bedroom": ImageCategory.ROOM,
    "kitchen": ImageCategory.KITCHEN,
    "bathroom": ImageCategory.BATHROOM,
    "balcony": ImageCategory.BALCONY,
    "workroom": ImageCategory.INTERIOR,
}  # everything else is drawn from outside


class NoDemoOwners(Conflict):
    """The demo owners are not there, so nobody could own the demo listings."""

    message = "No demo owner is loaded; load the demo people first."


def system_load_demo(progress: Progress) -> dict[str, int]:
    """Add the demo listings that are missing, and the pictures they share, whose addresses are of the present base, and
    count their words for searches.

    Raises NoDemoOwners.
    """
    moved = system_readdress_demo()
    drawn = images.system_draw_demo_pictures(progress)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import:{SOURCE}"])
        known = set(Property.objects.filter(source=SOURCE).values_list("source_id", flat=True))
        missing = [n for n in range(demo_listings.COUNT) if demo_listings.source_id(n) not in known]
        _add(missing, progress)
        publish(ListingsImported(source=SOURCE, count=len(missing)))
    if missing:
        vocabulary.system_count_words()
    return {"listings": len(missing), "pictures": drawn} | moved


def system_readdress_demo() -> dict[str, int]:
    """Have the demo listings name their pictures below the present PUBLIC_BASE_URL, where it was another before."""
    listings = Property.objects.filter(source=SOURCE, is_seed_data=True)
    with transaction.atomic():
        moved = _readdress(PropertyImage.objects.filter(property__in=listings), "image_url")
        moved += _readdress(listings, "main_image_url")
        if moved:
            publish(ListingsImported(source=SOURCE, count=listings.count()))
    return {"addresses of pictures": moved}


def system_clear_demo(progress: Progress) -> dict[str, int]:
    """Remove the demo listings, except those on which something real hangs, and the pictures nobody shows."""
    with progress.bar("Listings", 1) as bar:
        removed = demo.remove(Property.objects.filter(is_seed_data=True))
        bar.advance()
    publish(ListingsImported(source=SOURCE, count=0))
    return {
        "listings removed": removed.gone,
        "listings kept, because real rows hang on them": len(removed.kept),
        "pictures removed": images.system_remove_demo_pictures(),
    }


def system_demo_open_ids() -> list[int]:
    """The demo listings that everybody finds, in the order of their numbers."""
    found = Property.objects.filter(OPEN, source=SOURCE, is_seed_data=True)
    return list(found.order_by("source_id").values_list("pk", flat=True))


def _add(numbers: list[int], progress: Progress) -> None:
    owner_ids = people.system_demo_owner_ids()
    if numbers and not owner_ids:
        raise NoDemoOwners
    amenity_ids = dict(Amenity.objects.values_list("title", "pk"))
    with progress.bar("Listings", len(numbers)) as bar:
        for start in range(0, len(numbers), _BATCH):
            batch = {number: demo_listings.listing(number) for number in numbers[start : start + _BATCH]}
            rows = [_row(listing, owner_ids[number % len(owner_ids)]) for number, listing in batch.items()]
            stored = Property.objects.bulk_create(rows)
            _add_parts(stored, list(batch.values()), amenity_ids)
            bar.advance(len(batch))


def _add_parts(stored: list[Property], listings: list[DemoListing], amenity_ids: dict[str, int]) -> None:
    """Pictures and amenities; a title that staff took out of the vocabulary is left out."""
    pairs = list(zip(stored, listings, strict=True))
    PropertyImage.objects.bulk_create(image for row, listing in pairs for image in _images(row, listing))
    PropertyAmenity.objects.bulk_create(
        PropertyAmenity(property=row, amenity_id=amenity_ids[title])
        for row, listing in pairs
        for title in listing.amenities
        if title in amenity_ids
    )


def _row(listing: DemoListing, owner_id: int) -> Property:
    return Property(
        owner_id=owner_id,
        source=SOURCE,
        source_id=listing.source_id,
        is_seed_data=True,
        location=geo.point(*listing.position),
        main_image_url=_url(pictures.file_name(*listing.pictures[0])),
        created_at=clock.now() - timedelta(hours=listing.age_hours),
        **listing.values,
    )


def _images(row: Property, listing: DemoListing) -> list[PropertyImage]:
    return [
        PropertyImage(
            property=row,
            image_url=_url(pictures.file_name(kind, variant)),
            image_category=_CATEGORIES.get(kind, ImageCategory.EXTERIOR),
            display_order=order,
            is_main_image=order == 0,
        )
        for order, (kind, variant) in enumerate(listing.pictures)
    ]


def _readdress(rows: QuerySet[Any], column: str) -> int:
    """Drawn pictures alone: one that somebody added since keeps its address."""
    drawn = rows.filter(**{f"{column}__contains": images.ADDRESSES})
    name = Func(F(column), Value("/"), Value(-1), function="split_part", output_field=TextField())
    return drawn.exclude(**{f"{column}__startswith": _url("")}).update(**{column: Concat(Value(_url("")), name)})


def _url(file_name: str) -> str:
    return f"{settings.PUBLIC_BASE_URL}{images.ADDRESSES}{file_name}"
