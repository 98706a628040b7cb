"""Listings for tests."""

from itertools import count
from pathlib import Path
from typing import Any

from apps.accounts.models import User
from apps.properties.models import Amenity, Property, PropertyAmenity, PropertyImage
from apps.properties.rules import pictures
from ghar import clock, geo

_numbers = count(1)
_SHOWN = ("tower", "hall", "bedroom", "kitchen", "balcony")

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


def make_home(owner: User, *, folder: Path, media: str) -> Property:
    """A home of which everything but its position is known, with drawn pictures in a folder that is read at `media`."""
    names = [pictures.file_name(kind, 1) for kind in _SHOWN]
    for kind, name in zip(_SHOWN, names, strict=True):
        (folder / name).write_bytes(pictures.draw(kind, 1))
    home = make_listing(
        owner, title="A home to be seen, with a terrace over the park", property_type="apartment", purpose="rent",
        monthly_rent=45000, security_deposit=90000, maintenance_charges=3500, area_sqft=1450, bedrooms=3, bathrooms=2,
        balconies=2, parking_spaces=1, floor_number=4, total_floors=12, age_of_property=6, pincode="122011",
        furnishing_level="semi_furnished", locality="Sector 54", sub_locality="Park View Residency",
        landmark="Rapid Metro", available_from=clock.now(), main_image_url=f"{media}/{names[0]}",
        description="<p>Bright rooms on the fourth floor, with <strong>morning sun</strong> in the kitchen.</p>"
        "<ul><li>Ten minutes to the metro</li><li>Quiet street</li></ul>",
    )  # fmt: skip
    for place, name in enumerate(names):
        PropertyImage.objects.create(
            property=home, image_url=f"{media}/{name}", display_order=place, is_main_image=place == 0
        )
    for amenity in Amenity.objects.order_by("title")[:6]:
        PropertyAmenity.objects.create(property=home, amenity=amenity)
    return home
