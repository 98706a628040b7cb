"""What of a listing stands in files that staff take out and bring back. The columns have the names of the API's fields,
so that a row is judged as a body is."""

from django.contrib.gis.db.models import GeometryField
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FloatField, Func, OuterRef, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from apps.properties.models import Amenity, ImageCategory, Property, PropertyAmenity, PropertyImage
from ghar.sheets.cells import Column

WRITTEN = (
    "title", "description", "property_type", "purpose", "status", "is_available", "base_price", "monthly_rent",
    "daily_rate", "price_per_sqft", "security_deposit", "maintenance_charges", "setup_cost", "other_charges",
    "other_charges_description", "city", "state", "country", "pincode", "locality", "sub_locality", "landmark",
    "full_address", "area_type", "area_sqft", "bedrooms", "bathrooms", "balconies", "parking_spaces", "floor_number",
    "total_floors", "age_of_property", "max_occupancy", "minimum_stay_days", "kitchen_type", "ventilation_type",
    "windows_count", "ventilation_shafts", "furnishing_level", "available_from", "owner_contact", "builder_name",
    "search_keywords", "main_image_url", "virtual_tour_url", "google_street_view_url", "floor_plan_url",
    "video_tour_url",
)  # fmt: skip
LISTS = ("features", "tags", "video_urls")
PREFERENCES = ("gender_preference", "sharing_type", "society_type")


def _coordinate(function: str) -> Func:
    return Func(Cast("location", GeometryField(srid=4326)), function=function, output_field=FloatField())


_AMENITIES = ArraySubquery(
    PropertyAmenity.objects.filter(property=OuterRef("pk")).order_by("amenity__title").values("amenity__title")
)
_PICTURES = ArraySubquery(
    PropertyImage.objects.filter(property=OuterRef("pk"))
    .exclude(image_category=ImageCategory.FLOOR_PLAN)
    .order_by("display_order", "pk")
    .values("image_url")
)

COLUMNS = (
    Column("id", "pk"),
    Column("updated_at", "updated_at"),
    Column("owner", Coalesce("owner__phone", "owner__email", output_field=TextField())),
    *(Column(name, name) for name in WRITTEN),
    *(Column(name, name) for name in LISTS),
    Column("latitude", _coordinate("ST_Y")),
    Column("longitude", _coordinate("ST_X")),
    *(Column(name, KT(f"listing_preferences__{name}")) for name in PREFERENCES),
    Column("amenities", _AMENITIES),
    Column("image_urls", _PICTURES),
    Column("moderation_status", KT("listing_preferences__moderation_status"), is_read=False),
    Column("is_live", "is_live", is_read=False),
    Column("created_at", "created_at", is_read=False),
    Column("view_count", "view_count", is_read=False),
    Column("like_count", "like_count", is_read=False),
    Column("source", "source", is_read=False),
    Column("source_id", "source_id", is_read=False),
)
"""What is not read when it comes back is there to be looked at."""


def get_row(property_id: int) -> "QuerySet[Property]":
    """One listing, as rows."""
    return Property.objects.filter(pk=property_id)


def name_amenities() -> dict[str, int]:
    """The ids of the amenities by their titles in small letters, retired ones too: a listing may still have them."""
    return {title.lower(): pk for title, pk in Amenity.objects.order_by("is_active", "pk").values_list("title", "pk")}
