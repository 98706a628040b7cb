"""What a place offers: a shared vocabulary, and which listing has what."""

from django.db import models
from django.db.models.functions import Lower, Now

from ghar.models import Timestamped, choices_check


class AmenityCategory(models.TextChoices):
    SAFETY = "safety", "Safety"
    RECREATION = "recreation", "Recreation"
    CONVENIENCE = "convenience", "Convenience"
    UTILITIES = "utilities", "Utilities"
    SERVICES = "services", "Services"
    ACCESSIBILITY = "accessibility", "Accessibility"


class Amenity(Timestamped):
    """One entry of the vocabulary, e.g. "Lift"."""

    title = models.CharField(max_length=100)
    icon = models.CharField(max_length=100, null=True, blank=True)
    category = models.CharField(max_length=16, choices=AmenityCategory, null=True, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "amenities"
        verbose_name_plural = "amenities"
        constraints = [
            models.UniqueConstraint(
                Lower("title"),
                name="amenities_title_unique",
                violation_error_message="There is an amenity of this title already.",
            ),
            choices_check("category", AmenityCategory, name="amenities_category_known"),
        ]

    def __str__(self) -> str:
        return self.title


class PropertyAmenity(models.Model):
    """A listing has an amenity. On the wire an entry's `id` is this row's, as clients know it."""

    property = models.ForeignKey("properties.Property", on_delete=models.CASCADE, related_name="property_amenities")
    amenity = models.ForeignKey("properties.Amenity", on_delete=models.CASCADE, related_name="property_amenities")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "property_amenities"
        verbose_name_plural = "listing amenities"
        constraints = [models.UniqueConstraint(fields=["property", "amenity"], name="property_amenities_once")]

    def __str__(self) -> str:
        return f"{self.property_id} has {self.amenity_id}"
