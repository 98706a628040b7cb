"""The pictures of a listing, kept in the order that was asked for."""

from collections.abc import Iterable

from django.db.models import QuerySet

from apps.properties.models import ImageCategory, Property, PropertyImage


def system_urls(listing: Property) -> list[str]:
    """The addresses of its pictures in order, without floor plans."""
    return list(_photos(listing).order_by("display_order", "pk").values_list("image_url", flat=True))


def system_set_pictures(listing: Property, urls: list[str], main: str | None) -> None:
    """Make these its pictures. One that stays keeps its caption and category; floor plans are left alone."""
    present = {image.image_url: image for image in _photos(listing).order_by("-display_order", "-pk")}
    kept = [present[url].pk for url in urls if url in present]
    _photos(listing).exclude(pk__in=kept).delete()
    listing.images.filter(is_main_image=True).update(is_main_image=False)  # one at a time may be the main one
    rows = [
        _placed(present.get(url) or PropertyImage(property=listing, image_url=url), place)
        for place, url in enumerate(urls)
    ]
    PropertyImage.objects.bulk_update([row for row in rows if row.pk], ["display_order"])
    PropertyImage.objects.bulk_create([row for row in rows if not row.pk])
    if main:
        listing.images.filter(pk__in=[row.pk for row in rows if row.image_url == main]).update(is_main_image=True)


def system_describe(listing: Property, urls: Iterable[str], *, caption: str | None, category: str) -> None:
    """Write what is seen on the named pictures."""
    listing.images.filter(image_url__in=list(urls)).update(caption=caption, image_category=category)


def _placed(image: PropertyImage, place: int) -> PropertyImage:
    image.display_order, image.is_main_image = place, False
    return image


def _photos(listing: Property) -> "QuerySet[PropertyImage]":
    return listing.images.exclude(image_category=ImageCategory.FLOOR_PLAN)
