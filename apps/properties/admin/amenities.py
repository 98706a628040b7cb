"""The vocabulary of amenities, for staff."""

from django.contrib import admin
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter

from apps.properties.models import Amenity
from ghar.admin import Screen, Staff


@admin.register(Amenity)
class AmenityScreen(Screen):
    """The vocabulary. An entry is retired by making it inactive."""

    access = {"view": Staff.STAFF, "add": Staff.ADMINS, "change": Staff.ADMINS, "delete": Staff.NOBODY}
    icon = "checklist"
    list_display = ["title", "category", "icon_name", "is_active"]
    list_filter = [("category", ChoicesDropdownFilter), ("is_active", BooleanRadioFilter)]
    search_fields = ["title"]
    ordering = ["title"]
    fields = ["title", "icon", "category", "is_active"]

    @admin.display(description="icon", ordering="icon")
    def icon_name(self, amenity: Amenity) -> str:
        """As clients draw it."""
        return amenity.icon or "—"
