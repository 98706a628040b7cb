"""Listings for tests."""

from itertools import count
from typing import Any

from apps.accounts.models import User
from apps.properties.models import Amenity, Property, PropertyAmenity, PropertyImage
from ghar import geo

_numbers = count(1)

CENTRE = (28.4595, 77.0266)
"""Latitude and longitude of the middle of Gurugram."""


def make_listing(owner: User, *, at: tuple[float, float] | None = None, **fields: Any) -> Property:
    """A house for sale, unless `fields` say otherwise; `at` is (latitude, longitude)."""
    values: dict[str, Any] = {
        "title": f"House number {next(_numbers)}",
        "property_type": "house",
        "purpose": "buy",
        "base_price": 5_000_000,
        "city": "Gurugram",
        **fields,
    }
    return Property.objects.create(owner=owner, location=geo.point(*at) if at else None, **values)


def add_images(listing: Property, *names: str) -> list[PropertyImage]:
    """Pictures in the given order, the first of them the main one."""
    return [
        PropertyImage.objects.create(
            property=listing,
            image_url=f"https://pictures.example/{name}.webp",
            display_order=place,
            is_main_image=place == 0,
        )
        for place, name in enumerate(names)
    ]


def add_amenities(listing: Property, *titles: str) -> None:
    """Amenities of those titles, made when they are not there."""
    for title in titles:
        amenity, _ = Amenity.objects.get_or_create(title=title)
        PropertyAmenity.objects.create(property=listing, amenity=amenity)
