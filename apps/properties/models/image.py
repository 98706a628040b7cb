"""Pictures of a listing."""

from django.db import models

from ghar.models import Timestamped, choices_check


class ImageCategory(models.TextChoices):
    ROOM = "room", "Room"
    HALL = "hall", "Hall"
    KITCHEN = "kitchen", "Kitchen"
    BATHROOM = "bathroom", "Bathroom"
    BALCONY = "balcony", "Balcony"
    TERRACE = "terrace", "Terrace"
    GARDEN = "garden", "Garden"
    PARKING = "parking", "Parking"
    ENTRANCE = "entrance", "Entrance"
    EXTERIOR = "exterior", "Exterior"
    INTERIOR = "interior", "Interior"
    OTHERS = "others", "Others"
    FLOOR_PLAN = "floor_plan", "Floor plan"


class PropertyImage(Timestamped):
    """One picture. The one with `is_main_image` is repeated on the listing as `main_image_url`."""

    property = models.ForeignKey("properties.Property", on_delete=models.CASCADE, related_name="images")
    image_url = models.CharField(max_length=500)
    caption = models.CharField(max_length=300, null=True, blank=True)
    image_category = models.CharField(max_length=16, choices=ImageCategory, default=ImageCategory.OTHERS)
    display_order = models.PositiveSmallIntegerField(default=0)
    is_main_image = models.BooleanField(default=False)

    class Meta:
        db_table = "property_images"
        constraints = [
            choices_check("image_category", ImageCategory, name="property_images_category_known"),
            models.UniqueConstraint(
                fields=["property"], condition=models.Q(is_main_image=True), name="property_images_one_main"
            ),
        ]
        indexes = [models.Index(fields=["property", "display_order", "id"], name="property_images_in_order")]

    def __str__(self) -> str:
        return self.caption or self.image_url
