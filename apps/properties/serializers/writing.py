"""What people write into listings, on the wire."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.properties import models
from apps.properties.rules import galleries
from apps.properties.serializers.listings import BIGGEST_ID, GenderPreference, SharingType
from ghar.api.fields import JSONObject, Latitude, Longitude
from ghar.api.pages import PageIn
from ghar.api.parsing import QueryIn
from ghar.clock import INDIA

MOST_RUPEES = 10**10 - 1
"""What the columns hold."""


class Rupees(serializers.FloatField):
    """An amount from 0, rounded to the paisa."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=MOST_RUPEES, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """As a decimal; what is far too large is left to the bound, because it cannot be rounded."""
        value = Decimal(str(super().to_internal_value(data)))
        return value if abs(value) > MOST_RUPEES else value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


class Address(serializers.CharField):
    """The address of a picture, film or page that others can open."""

    default_error_messages = {"address": "Must start with http:// or https://."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=500, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """The address itself."""
        value: str = super().to_internal_value(data)
        if value and not galleries.is_address(value):
            self.fail("address")
        return value


class Addresses(serializers.ListField):
    """Several of them; blanks are dropped, and so are places of files that only the sender's phone has."""

    child = serializers.CharField(max_length=500, allow_blank=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, allow_null=True, max_length=galleries.MOST, **kwargs)

    def to_internal_value(self, data: Any) -> list[str]:
        """What can be opened, each once."""
        return galleries.arrange(super().to_internal_value(data), None)


class _Blank(serializers.CharField):
    """A text that may be left out; a blank is null."""

    def __init__(self, most: int, **kwargs: Any) -> None:
        super().__init__(required=False, allow_null=True, allow_blank=True, max_length=most, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The text, or null."""
        return super().run_validation(data) or None


def _rupees() -> Rupees:
    return Rupees(required=False, allow_null=True)


def _count(most: int, least: int = 0) -> serializers.IntegerField:
    return serializers.IntegerField(required=False, allow_null=True, min_value=least, max_value=most)


def _address() -> Address:
    return Address(required=False, allow_null=True, allow_blank=True)


def _choice(choices: Any) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=choices, required=False, allow_null=True)


def _texts(most: int) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.CharField(max_length=most), required=False, allow_null=True, max_length=100
    )


class _Filled(serializers.Serializer[Any]):
    """What somebody fills in."""

    def to_internal_value(self, data: Any) -> Any:
        """Clients send blanks for what is not filled in."""
        if isinstance(data, dict):
            blank = {name for name in _EMPTY_MEANS_NULL if data.get(name) == ""}
            data = {name: None if name in blank else value for name, value in data.items()}
        return super().to_internal_value(data)


class _Shared(_Filled):
    """What of a listing clients write beside its preferences or among them."""

    gender_preference = GenderPreference(required=False, allow_null=True)
    sharing_type = SharingType(required=False, allow_null=True)
    society_type = _Blank(100)
    society_amenities = _texts(100)
    society_vibe_tags = _texts(100)
    video_tour_url = _address()


class ListingPreferencesIn(_Shared):
    """What the owner of a shared home wishes; other keys may stand beside these."""

    moderation_status = _Blank(64)
    moderation_reason = _Blank(5000)
    expires_at = _Blank(64)
    food_habits = _Blank(500)
    smoking_drinking = _Blank(500)
    guests_policy = _Blank(500)
    cleanliness = _Blank(500)
    pets = _Blank(500)
    parties_at_home = _Blank(500)


@extend_schema_field(ListingPreferencesIn)
class PreferencesIn(JSONObject):
    """The open object of a listing's preferences: what is known of it is checked, the rest is kept as it is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._known = ListingPreferencesIn()

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The whole object."""
        value = super().to_internal_value(data)
        return {**value, **self._known.run_validation(value)}


class _Listed(_Shared):
    """What people write into a listing, new or not."""

    description = _Blank(20_000)
    latitude = Latitude(required=False, allow_null=True)
    longitude = Longitude(required=False, allow_null=True)
    city = _Blank(120)
    state = _Blank(120)
    country = _Blank(120)
    pincode = serializers.RegexField(
        r"^[0-9]{6}$",
        required=False,
        allow_null=True,
        error_messages={"invalid": "Must have six digits."},
    )
    locality = _Blank(200)
    sub_locality = _Blank(200)
    landmark = _Blank(200)
    full_address = _Blank(1000)
    area_type = _Blank(64)
    price_per_sqft = _rupees()
    monthly_rent = _rupees()
    daily_rate = _rupees()
    security_deposit = _rupees()
    maintenance_charges = _rupees()
    setup_cost = _rupees()
    other_charges = _rupees()
    other_charges_description = _Blank(300)
    area_sqft = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=1e8)
    bedrooms = _count(100)
    bathrooms = _count(100)
    balconies = _count(100)
    parking_spaces = _count(1000)
    floor_number = _count(300, -10)
    total_floors = _count(300)
    age_of_property = _count(500)
    max_occupancy = _count(1000)
    minimum_stay_days = _count(3650)
    kitchen_type = _choice(models.KitchenType.choices)
    ventilation_type = _choice(models.Ventilation.choices)
    windows_count = _count(100)
    ventilation_shafts = _count(50)
    furnishing_level = _choice(models.Furnishing.choices)
    listing_preferences = PreferencesIn(required=False, allow_null=True)
    features = _texts(200)
    tags = _texts(100)
    search_keywords = _Blank(2000)
    amenity_ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=BIGGEST_ID),
        required=False,
        allow_null=True,
        max_length=100,
        help_text="Ids of the vocabulary; they replace those that the listing has.",
    )
    main_image_url = _address()
    image_urls = Addresses(help_text="In order; they replace the listing's pictures, except its floor plans.")
    virtual_tour_url = _address()
    google_street_view_url = _address()
    floor_plan_url = _address()
    video_urls = Addresses()
    available_from = serializers.DateTimeField(
        required=False, allow_null=True, default_timezone=INDIA, input_formats=["iso-8601", "%Y-%m-%d"]
    )
    calendar_data = JSONObject(required=False, allow_null=True)
    owner_contact = _Blank(64)
    builder_name = _Blank(200)


_EMPTY_MEANS_NULL = (
    "pincode", "available_from", "kitchen_type", "ventilation_type", "furnishing_level", "main_image_url",
    "virtual_tour_url", "google_street_view_url", "floor_plan_url", "video_tour_url", "gender_preference",
    "sharing_type",
)  # fmt: skip


class PropertyIn(_Listed):
    """A new listing."""

    title = serializers.CharField(max_length=1000, help_text="Markup is removed, and it is cut to 200 characters.")
    property_type = serializers.ChoiceField(choices=models.PropertyType.choices)
    purpose = serializers.ChoiceField(choices=models.PropertyPurpose.choices)
    base_price = Rupees(help_text="The sale price, or the anchor of a rent; at most 100,000,000.")
    owner_name = _Blank(200, help_text="Read and ignored: the owner's own name is shown.")


class PropertyUpdateIn(_Listed):
    """A partial update: only the fields that are present are written; a null empties what may be empty."""

    title = serializers.CharField(required=False, allow_null=True, max_length=1000)
    property_type = _choice(models.PropertyType.choices)
    purpose = _choice(models.PropertyPurpose.choices)
    base_price = _rupees()
    status = _choice(models.PropertyStatus.choices)
    is_available = serializers.BooleanField(required=False, allow_null=True)


class ManagedListIn(PageIn):
    """Which of the listings that the caller may write."""

    owner_id = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=BIGGEST_ID)
    occupancy = serializers.ChoiceField(choices=["occupied", "vacant"], required=False, allow_null=True)
    q = serializers.CharField(required=False, allow_null=True, max_length=200)


class ForOwnerIn(QueryIn):
    """For whom an agent or admin acts."""

    owner_id = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=BIGGEST_ID)


class PicturesIn(serializers.Serializer[Any]):
    """Pictures to add, by one address or several."""

    image_url = _address()
    image_urls = Addresses()
    caption = _Blank(300)
    image_category = serializers.ChoiceField(choices=models.ImageCategory.choices, required=False, default="others")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """At least one."""
        urls = galleries.arrange([attrs.pop("image_url", None) or "", *(attrs.pop("image_urls", None) or [])], None)
        if not urls:
            raise serializers.ValidationError({"image_urls": "Name at least one picture."})
        return {"urls": urls, "caption": attrs.get("caption"), "category": attrs["image_category"]}
