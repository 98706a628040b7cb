"""What belongs to a listing, inside its screen: pictures and amenities."""

from django.contrib import admin
from django.utils.html import format_html

from apps.properties.models import PropertyAmenity, PropertyImage
from ghar.admin import Rows, Staff

SEEN = {"view": Staff.STAFF, "add": Staff.NOBODY, "change": Staff.ADMINS, "delete": Staff.NOBODY}


def small(url: str | None, width: int) -> str:
    """A picture, small."""
    if not url:
        return "—"
    style = f"width:{width}px;max-width:none;height:{width * 2 // 3}px;object-fit:cover;border-radius:6px"
    return format_html('<img src="{}" alt="" loading="lazy" style="{}">', url, style)


class ImageRows(Rows):
    """Pictures come and go with uploads; here their words and order are put right."""

    access = SEEN
    model = PropertyImage
    verbose_name_plural = "pictures"
    tab = hide_title = True
    fields = ["shown", "caption", "image_category", "display_order", "is_main_image"]
    readonly_fields = ["shown", "is_main_image"]
    ordering = ["display_order", "id"]

    @admin.display(description="picture")
    def shown(self, image: PropertyImage) -> str:
        """The picture, small."""
        return small(image.image_url, 96)


class AmenityRows(Rows):
    access = {"view": Staff.STAFF, "add": Staff.ADMINS, "change": Staff.ADMINS, "delete": Staff.ADMINS}
    model = PropertyAmenity
    verbose_name, verbose_name_plural = "amenity", "amenities"
    tab = hide_title = True
    fields = ["amenity"]
    autocomplete_fields = ["amenity"]
