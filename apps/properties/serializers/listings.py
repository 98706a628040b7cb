"""The shapes of listings on the wire."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from rest_framework import serializers
from rest_framework.fields import empty

from apps.properties import models
from apps.properties.rules import drawn, words
from apps.properties.rules.cells import UnreadableError
from apps.properties.selectors.orders import SortBy
from apps.properties.selectors.text import MOST_RANKED
from ghar.api.fields import Latitude, Longitude
from ghar.api.pages import PageIn
from ghar.clock import INDIA
from ghar.errors import Invalid

BIGGEST_ID = 2**63 - 1
BIGGEST_COUNT = 2**31 - 1
LONGEST_QUERY = words.LONGEST
LONGEST_AREA = 8_000

AnyField = serializers.Field[Any, Any, Any, Any]


class GenderPreference(serializers.ChoiceField):
    """Whom a shared home is for."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=["any", "male", "female"], **kwargs)


class SharingType(serializers.ChoiceField):
    """What of a shared home is let."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=["private_room", "shared_room", "master_bedroom", "entire_flat"], **kwargs)


class StayDate(serializers.DateField):
    """A day in India: a date, or a time of that day, in any zone, as JavaScript writes it."""

    def to_internal_value(self, value: Any) -> date:
        """The date."""
        try:
            return super().to_internal_value(value)
        except serializers.ValidationError:
            moment = _moment(value)
            if moment is None:
                raise
            return moment.date()


class Since(serializers.DateTimeField):
    """A moment in India's time; without a zone it is UTC. What cannot be read says nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=UTC, input_formats=["iso-8601", "%Y-%m-%d"], **kwargs)

    def to_internal_value(self, value: Any) -> datetime | None:  # type: ignore[override]
        """The moment, or nothing."""
        try:
            return super().to_internal_value(value).astimezone(INDIA)
        except (serializers.ValidationError, OverflowError):
            return None


def _moment(text: str) -> datetime | None:
    """A time as ISO 8601 writes it, in India when it has a zone; None for what is none, or is out of the calendar."""
    try:
        moment = parse_datetime(text)
        return moment.astimezone(INDIA) if moment and moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None


class Drawn(serializers.CharField):
    """An area on a map, read by one of the rules."""

    default_error_messages = {"area": "{reason}"}

    def __init__(self, read: Callable[[str], Any], **kwargs: Any) -> None:
        self._read = read
        super().__init__(required=False, allow_null=True, max_length=LONGEST_AREA, **kwargs)

    def run_validation(self, data: Any = empty) -> Any:
        """The coordinates."""
        text = super().run_validation(data)
        try:
            return None if text is None else self._read(text)
        except UnreadableError as wrong:
            self.fail("area", reason=wrong)


def _text(most: int = 200, **said: Any) -> serializers.CharField:
    return serializers.CharField(required=False, allow_null=True, max_length=most, **said)


def _many(child: AnyField) -> serializers.ListField:
    return serializers.ListField(child=child, required=False, allow_null=True, max_length=100)


def _number(**bounds: Any) -> serializers.FloatField:
    return serializers.FloatField(required=False, allow_null=True, **bounds)


def _whole(*, max_value: int = BIGGEST_COUNT, **bounds: Any) -> serializers.IntegerField:
    return serializers.IntegerField(required=False, allow_null=True, max_value=max_value, **bounds)


class PropertySearchIn(PageIn):
    """The filters of the listing search. Every bound is inclusive; a listing without the value never matches one."""

    lat = Latitude(required=False, allow_null=True, help_text="With `lng`: the centre, degrees north.")
    lng = Longitude(required=False, allow_null=True, help_text="With `lat`: the centre, degrees east.")
    radius = serializers.IntegerField(required=False, default=5, min_value=1, max_value=100, help_text="Kilometres.")
    bbox = Drawn(
        drawn.box,
        help_text="`west,south,east,north` in degrees: what a map shows. Beside other filters of place, both count.",
    )
    polygon = Drawn(
        drawn.polygon,
        help_text="An area drawn on a map: a GeoJSON polygon, or `lng lat, lng lat, ...`, of at most "
        f"{drawn.MOST_POINTS} points, whose lines do not cross.",
    )
    q = _text(
        LONGEST_QUERY,
        help_text="In somebody's own words, English, Hindi or both: `3 bhk under 90 lakh near sector 45`. What is "
        "understood counts like the filters of that name, unless those are given; the rest must stand in the "
        "listing's text.",
    )
    semantic_search = serializers.BooleanField(required=False, default=False)
    ids = _many(serializers.IntegerField(min_value=0, max_value=BIGGEST_ID))
    property_type = _many(serializers.ChoiceField(choices=models.PropertyType.choices))
    purpose = serializers.ChoiceField(choices=models.PropertyPurpose.choices, required=False, allow_null=True)
    price_min = _number(min_value=0)
    price_max = _number(min_value=0, max_value=1e9)
    bedrooms_min = _whole(min_value=0)
    bedrooms_max = _whole(min_value=0, max_value=20)
    bathrooms_min = _whole(min_value=0)
    bathrooms_max = _whole(min_value=0, max_value=10)
    area_min = _number(min_value=0)
    area_max = _number(min_value=0, max_value=100000)
    city = _text()
    locality = _text()
    pincode = _text(12)
    amenities = _many(serializers.CharField(max_length=100))
    features = _many(serializers.CharField(max_length=200))
    furnishing = _many(serializers.ChoiceField(choices=models.Furnishing.choices))
    kitchen_type = _many(serializers.ChoiceField(choices=models.KitchenType.choices))
    ventilation_type = _many(serializers.ChoiceField(choices=models.Ventilation.choices))
    windows_min = _whole(min_value=0)
    has_lift = serializers.BooleanField(required=False, allow_null=True, default=None)
    gender_preference = GenderPreference(required=False, allow_null=True)
    sharing_type = SharingType(required=False, allow_null=True)
    available_from = Since(required=False, allow_null=True, help_text="What cannot be read is ignored.")
    move_in = _text(64)
    parking_spaces_min = _whole(min_value=0)
    floor_number_min = _whole(min_value=0)
    floor_number_max = _whole(min_value=0, max_value=100)
    age_max = _whole(min_value=0)
    check_in: AnyField = StayDate(required=False, allow_null=True)
    check_out: AnyField = StayDate(required=False, allow_null=True)
    guests = _whole(min_value=1, max_value=20)
    sort_by = serializers.ChoiceField(
        choices=SortBy.choices,
        required=False,
        default=SortBy.NEWEST.value,
        help_text=f"By relevance the newest {MOST_RANKED} with the words are ranked and listed.",
    )
    exclude_swiped = serializers.BooleanField(required=False, default=False)

    @classmethod
    def check(cls, values: dict[str, Any]) -> None:
        """No range may be upside down."""
        for name in ("price", "bedrooms", "bathrooms", "area", "floor_number"):
            least, most = values[f"{name}_min"], values[f"{name}_max"]
            if least is not None and most is not None and least > most:
                raise Invalid.field(f"{name}_min", f"{name}_min is greater than {name}_max.", where="query")
        if values["check_in"] and values["check_out"] and values["check_in"] >= values["check_out"]:
            raise Invalid.field("check_out", "check_out must be after check_in.", where="query")


class ListingPreferencesOut(serializers.Serializer[Any]):
    """What the owner of a shared home wishes; other keys may stand beside these."""

    gender_preference = GenderPreference(required=False, allow_null=True)
    sharing_type = SharingType(required=False, allow_null=True)
    moderation_status = serializers.CharField(required=False, allow_null=True)
    moderation_reason = serializers.CharField(required=False, allow_null=True)
    video_tour_url = serializers.CharField(required=False, allow_null=True)
    expires_at = serializers.CharField(required=False, allow_null=True)
    food_habits = serializers.CharField(required=False, allow_null=True)
    smoking_drinking = serializers.CharField(required=False, allow_null=True)
    guests_policy = serializers.CharField(required=False, allow_null=True)
    cleanliness = serializers.CharField(required=False, allow_null=True)
    pets = serializers.CharField(required=False, allow_null=True)
    parties_at_home = serializers.CharField(required=False, allow_null=True)


class PropertyImageOut(serializers.ModelSerializer[models.PropertyImage]):
    """A picture."""

    class Meta:
        model = models.PropertyImage
        fields = ["id", "property_id", "image_url", "caption", "image_category", "display_order", "is_main_image"]


class PropertyAmenityOut(serializers.Serializer[Any]):
    """An amenity of a listing. `id` is the entry's own; `amenity_id` the vocabulary's."""

    id = serializers.IntegerField()
    amenity_id = serializers.IntegerField()
    title = serializers.CharField()
    name = serializers.CharField()
    icon = serializers.CharField(allow_null=True)
    category = serializers.CharField(allow_null=True)


class OwnerOut(serializers.Serializer[Any]):
    """Whose listing it is."""

    id = serializers.IntegerField()
    full_name = serializers.CharField(allow_null=True)


class AmenityOut(serializers.ModelSerializer[models.Amenity]):
    """An entry of the amenity vocabulary."""

    class Meta:
        model = models.Amenity
        fields = ["id", "title", "icon", "category", "is_active", "created_at", "updated_at"]


class PropertyOut(serializers.ModelSerializer[models.Property]):
    """A listing. PostgreSQL builds it (`selectors.shapes`); a test holds the two to each other."""

    owner_id = serializers.IntegerField()
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    features = serializers.ListField(child=serializers.CharField(), allow_null=True)
    tags = serializers.ListField(child=serializers.CharField())
    video_urls = serializers.ListField(child=serializers.CharField())
    listing_preferences = ListingPreferencesOut(allow_null=True)
    owner_name = serializers.CharField(allow_null=True)
    owner_contact = serializers.CharField(allow_null=True, help_text="For people who have signed in.")
    owner = OwnerOut()
    currency = serializers.CharField(help_text="INR")
    images = PropertyImageOut(many=True)
    image_urls = serializers.ListField(child=serializers.CharField())
    amenities = PropertyAmenityOut(many=True)
    has_lift = serializers.BooleanField()
    gender_preference = GenderPreference(allow_null=True)
    sharing_type = SharingType(allow_null=True)
    society_type = serializers.CharField(allow_null=True)
    society_amenities = serializers.ListField(child=serializers.CharField(), allow_null=True)
    society_vibe_tags = serializers.ListField(child=serializers.CharField(), allow_null=True)
    current_lease_id = serializers.IntegerField(allow_null=True)
    current_tenant_id = serializers.IntegerField(allow_null=True)
    distance_km = serializers.FloatField(allow_null=True, help_text="On a sphere; with `lat` and `lng`.")
    liked = serializers.BooleanField(allow_null=True)
    is_liked = serializers.BooleanField(allow_null=True)
    vector_distance = serializers.FloatField(allow_null=True)
    relevance_score = serializers.FloatField(allow_null=True)
    compatibility_score = serializers.FloatField(allow_null=True)
    user_has_scheduled_visit = serializers.BooleanField(allow_null=True)
    user_scheduled_visit_count = serializers.IntegerField(allow_null=True)
    user_next_visit_date = serializers.DateTimeField(allow_null=True)

    class Meta:
        model = models.Property
        exclude = ["location", "search_vector", "amenity_words", "source", "source_id", "is_seed_data", "is_live"]
