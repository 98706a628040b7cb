"""The listing itself."""

from typing import Any

from django.conf import settings
from django.contrib.gis.db import models as gis
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When

from apps.properties.rules import squares
from ghar.models import Timestamped, choices_check


class PropertyType(models.TextChoices):
    HOUSE = "house", "House"
    APARTMENT = "apartment", "Apartment"
    BUILDER_FLOOR = "builder_floor", "Builder floor"
    ROOM = "room", "Room"
    VILLA = "villa", "Villa"
    PLOT = "plot", "Plot"
    CONDO = "condo", "Condo"
    PENTHOUSE = "penthouse", "Penthouse"
    STUDIO = "studio", "Studio"
    LOFT = "loft", "Loft"
    PG = "pg", "PG"
    FLATMATE = "flatmate", "Flatmate"
    OFFICE = "office", "Office"
    SHOP = "shop", "Shop"
    WAREHOUSE = "warehouse", "Warehouse"


SHARED_TYPES = (PropertyType.PG, PropertyType.FLATMATE)
"""Listings that somebody moves into beside others; they go live only after moderation."""

LIVE = "live"
"""The moderation status of a shared home that everybody may see; one without a status is live as well."""


class PropertyPurpose(models.TextChoices):
    BUY = "buy", "Buy"
    RENT = "rent", "Rent"
    SHORT_STAY = "short_stay", "Short stay"


class PropertyStatus(models.TextChoices):
    AVAILABLE = "available", "Available"
    SOLD = "sold", "Sold"
    RENTED = "rented", "Rented"
    UNDER_OFFER = "under_offer", "Under offer"
    MAINTENANCE = "maintenance", "Maintenance"


class ManagementStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    ACTIVE = "active", "Active"
    ARCHIVED = "archived", "Archived"


class KitchenType(models.TextChoices):
    VEGETARIAN = "vegetarian", "Vegetarian"
    NON_VEGETARIAN = "non_vegetarian", "Non-vegetarian"
    EGGETARIAN = "eggetarian", "Eggetarian"
    ANY = "any", "Any"


class Ventilation(models.TextChoices):
    GOOD = "good", "Good"
    AVERAGE = "average", "Average"
    POOR = "poor", "Poor"


class Furnishing(models.TextChoices):
    FURNISHED = "furnished", "Furnished"
    SEMI_FURNISHED = "semi_furnished", "Semi-furnished"
    UNFURNISHED = "unfurnished", "Unfurnished"


OPEN = Q(is_available=True, is_live=True)
"""What a search shows to everybody; the partial indexes are built on it."""

SQUARE = f"""(floor(ST_Y((%(expressions)s)::geometry) * {squares.A_DEGREE}) * {squares.A_ROW}
    + floor(ST_X((%(expressions)s)::geometry) * {squares.A_DEGREE}))::int"""
"""The square of the map in which a location is (`rules.squares`)."""

BOOSTED = Q(listing_preferences__has_key="boosted_until")
"""Was boosted once; few are, so they have an index of their own. Moments are written in UTC, so they sort as text."""


SEARCHED = (
    "title", "sub_locality", "locality", "builder_name",  # weight A
    "landmark", "amenity_words", "search_keywords", "features", "tags",  # B
    "full_address", "city", "property_type", "purpose",  # C, which has `flat` for an apartment and `sale` for buy
    "description",  # D
)  # fmt: skip
"""What a search by words looks into: the arguments of the database's function `listing_vector`, in its order."""


def _money() -> "models.DecimalField[Any, Any]":
    """Rupees, to the paisa."""
    return models.DecimalField(
        max_digits=12, decimal_places=2, validators=[MinValueValidator(0)], null=True, blank=True
    )


def _count(most: int | None = None) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(most)] if most is not None else []
    )


class Property(Timestamped):
    """A place on offer: to buy, to rent, or for a short stay.

    `base_price` is the sale price, or the anchor of a rent. `location` is the point that searches use;
    `is_live` (may everybody see it?), `amenity_words` (the titles of its amenities) and `search_vector` are kept by the
    database. `source_id` names the row in the
    feed that a listing was imported from, so that importing again updates it.
    """

    title = models.CharField(max_length=200)
    description = models.TextField(null=True, blank=True)
    property_type = models.CharField(max_length=16, choices=PropertyType)
    purpose = models.CharField(max_length=16, choices=PropertyPurpose)
    status = models.CharField(max_length=16, choices=PropertyStatus, default=PropertyStatus.AVAILABLE)

    # where
    location = gis.PointField(geography=True, null=True, blank=True, spatial_index=False)
    city = models.CharField(max_length=120, null=True, blank=True)
    state = models.CharField(max_length=120, null=True, blank=True)
    country = models.CharField(max_length=120, default="India")
    pincode = models.CharField(max_length=12, null=True, blank=True)
    locality = models.CharField(max_length=200, null=True, blank=True)
    sub_locality = models.CharField(max_length=200, null=True, blank=True, help_text="Society or building")
    landmark = models.CharField(max_length=200, null=True, blank=True)
    full_address = models.TextField(null=True, blank=True)
    area_type = models.CharField(max_length=64, null=True, blank=True)

    # money, in rupees
    base_price = models.DecimalField(max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])
    price_per_sqft = _money()
    monthly_rent = _money()
    daily_rate = _money()
    security_deposit = _money()
    maintenance_charges = _money()
    setup_cost = _money()
    other_charges = _money()
    other_charges_description = models.CharField(max_length=300, null=True, blank=True)

    # the building
    area_sqft = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0)])
    bedrooms = _count()
    bathrooms = _count()
    balconies = _count()
    parking_spaces = _count()
    floor_number = models.SmallIntegerField(null=True, blank=True)
    total_floors = _count()
    age_of_property = _count()
    max_occupancy = _count()
    minimum_stay_days = models.PositiveSmallIntegerField(null=True, blank=True, default=1)
    kitchen_type = models.CharField(max_length=16, choices=KitchenType, null=True, blank=True)
    ventilation_type = models.CharField(max_length=16, choices=Ventilation, null=True, blank=True)
    windows_count = _count(100)
    ventilation_shafts = _count(50)
    furnishing_level = models.CharField(max_length=32, choices=Furnishing, null=True, blank=True)

    # open lists
    features = models.JSONField(default=list, blank=True)
    listing_preferences = models.JSONField(default=dict, blank=True)
    tags = models.JSONField(default=list, blank=True)
    search_keywords = models.TextField(null=True, blank=True)
    amenity_words = models.TextField(db_default="", editable=False)

    # media
    main_image_url = models.CharField(max_length=500, null=True, blank=True)
    virtual_tour_url = models.CharField(max_length=500, null=True, blank=True)
    google_street_view_url = models.CharField(max_length=500, null=True, blank=True)
    floor_plan_url = models.CharField(max_length=500, null=True, blank=True)
    video_tour_url = models.CharField(max_length=500, null=True, blank=True)
    video_urls = models.JSONField(default=list, blank=True)

    # people
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="properties")
    owner_contact = models.CharField(max_length=64, null=True, blank=True)
    builder_name = models.CharField(max_length=200, null=True, blank=True)

    # management
    is_managed = models.BooleanField(default=False)
    management_status = models.CharField(max_length=16, choices=ManagementStatus, default=ManagementStatus.ACTIVE)
    payment_due_day = models.PositiveSmallIntegerField(default=1)
    grace_period_days = models.PositiveSmallIntegerField(default=5)
    late_fee_policy = models.JSONField(null=True, blank=True)

    # standing
    is_available = models.BooleanField(default=True)
    available_from = models.DateTimeField(null=True, blank=True)
    calendar_data = models.JSONField(null=True, blank=True)
    view_count = models.PositiveIntegerField(default=0)
    like_count = models.PositiveIntegerField(default=0)
    interest_count = models.PositiveIntegerField(default=0)

    # origin
    source = models.CharField(max_length=64, null=True, blank=True, help_text="The feed a listing was imported from")
    source_id = models.CharField(max_length=128, null=True, blank=True)
    is_seed_data = models.BooleanField(default=False)

    is_live = models.GeneratedField(
        expression=Case(
            When(~Q(property_type__in=SHARED_TYPES), then=Value(True)),
            When(~Q(listing_preferences__has_key="moderation_status"), then=Value(True)),
            When(listing_preferences__moderation_status=LIVE, then=Value(True)),
            default=Value(False),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    search_vector = models.GeneratedField(
        expression=Func(*map(F, SEARCHED), function="listing_vector"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        db_table = "properties"
        verbose_name = "listing"
        constraints = [
            choices_check("property_type", PropertyType, name="properties_type_known"),
            choices_check("purpose", PropertyPurpose, name="properties_purpose_known"),
            choices_check("status", PropertyStatus, name="properties_status_known"),
            choices_check("management_status", ManagementStatus, name="properties_management_known"),
            choices_check("kitchen_type", KitchenType, name="properties_kitchen_known"),
            choices_check("ventilation_type", Ventilation, name="properties_ventilation_known"),
            choices_check("furnishing_level", Furnishing, name="properties_furnishing_known"),
            models.CheckConstraint(condition=Q(base_price__gte=0), name="properties_price_not_negative"),
            models.CheckConstraint(condition=Q(payment_due_day__range=(1, 28)), name="properties_due_day_in_month"),
            models.CheckConstraint(
                condition=~Q(property_type__in=SHARED_TYPES) | Q(purpose=PropertyPurpose.RENT),
                name="properties_shared_are_rented",
            ),
            models.UniqueConstraint(fields=["source", "source_id"], name="properties_source_unique"),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="properties_newest", condition=OPEN),
            models.Index(fields=["base_price", "id"], name="properties_price", condition=OPEN),
            models.Index(
                fields=["-like_count", "-view_count", "-id"],
                name="properties_popular",
                condition=OPEN,
            ),
            models.Index(fields=["owner", "-created_at", "-id"], name="properties_by_owner"),
            models.Index(  # counts for staff, without reading the rows
                fields=["property_type", "purpose", "is_available", "is_live", "created_at"],
                include=["owner"],
                name="properties_figures",
            ),
            models.Index(  # what most searches say, and no order gives
                fields=["bedrooms", "property_type", "purpose"], name="properties_rooms", condition=OPEN
            ),
            models.Index(fields=["updated_at", "id"], condition=Q(is_live=False), name="properties_not_live"),
            models.Index(fields=["id"], condition=BOOSTED, name="properties_boosted"),
            GistIndex(fields=["location"], name="properties_location"),
            models.Index(  # the recent ones around a point
                Func("location", template=SQUARE), "created_at", name="properties_squares", condition=OPEN
            ),
            GinIndex(fields=["search_vector"], name="properties_search"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_on_offer(self) -> bool:
        """May somebody come and look at it?"""
        return self.is_available and self.status in (PropertyStatus.AVAILABLE, PropertyStatus.UNDER_OFFER)
