"""The wire shape of a listing, as expressions that PostgreSQL turns into JSON."""

from enum import Enum
from functools import cache
from typing import Any

from django.contrib.gis.db.models import GeometryField
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    DateTimeField,
    Exists,
    Expression,
    F,
    FloatField,
    Func,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, JSONObject

from apps.properties.models import Property, PropertyAmenity, PropertyImage
from ghar.actors import Actor
from ghar.db import json_rows
from ghar.db.json_rows import Shape

COLUMNS = (
    "id", "title", "description", "property_type", "purpose", "status", "city", "state", "country", "pincode",
    "locality", "sub_locality", "landmark", "full_address", "area_type", "base_price", "price_per_sqft",
    "monthly_rent", "daily_rate", "security_deposit", "maintenance_charges", "setup_cost", "other_charges",
    "other_charges_description", "area_sqft", "bedrooms", "bathrooms", "balconies", "parking_spaces", "floor_number",
    "total_floors", "age_of_property", "max_occupancy", "minimum_stay_days", "kitchen_type", "ventilation_type",
    "windows_count", "ventilation_shafts", "furnishing_level", "tags", "main_image_url",
    "virtual_tour_url", "google_street_view_url", "floor_plan_url", "video_tour_url", "video_urls", "owner_id",
    "builder_name", "is_managed", "management_status", "payment_due_day", "grace_period_days", "is_available",
    "available_from", "calendar_data", "view_count", "like_count", "interest_count", "created_at", "updated_at",
)  # fmt: skip

PRIVATE_PREFERENCES = (
    "moderation_reason", "moderated_by", "moderated_at", "ai_prescreen_result", "ai_prescreen_flags",
    "ai_prescreen_reason", "ai_prescreen_photo_count", "ai_prescreen_at", "ai_prescreen_by",
    "room_poster_review_required", "auto_paused_reason", "auto_paused_at", "owner_status_updated_at",
)  # fmt: skip
"""What moderation writes beside the listing's own preferences: for its owner and admins only."""

LIFTS = ("Lift", "Elevator")


class _Coordinate(Func):
    """Latitude or longitude of the listing's point, in degrees."""

    output_field = FloatField()

    def __init__(self, axis: str) -> None:
        super().__init__(Cast("location", GeometryField()), function=f"ST_{axis}")


class _FeatureNames(Func):
    """Features as a list: older rows keep an object `{name: true}`, whose keys are the list."""

    template = (
        "CASE jsonb_typeof(%(expressions)s) WHEN 'object' THEN "
        "(SELECT jsonb_agg(key) FROM jsonb_each(%(expressions)s) WHERE value = 'true') ELSE %(expressions)s END"
    )
    output_field = JSONField()


class Viewer(Enum):
    """What a viewer may see. Contact details are for people who have signed in; what moderation notes and the terms
    of a lease are for the owner and for admins."""

    ANONYMOUS = "anonymous"
    SIGNED_IN = "signed in"
    ADMIN = "admin"


def listing_for(actor: Actor) -> Shape:
    """The shape of a listing for this actor. The page must have `id`, `viewer` and what `measured` gives."""
    if actor.is_admin:
        return _listing(Viewer.ADMIN)
    return _listing(Viewer.SIGNED_IN if actor.is_signed_in else Viewer.ANONYMOUS)


@cache
def _listing(viewer: Viewer) -> Shape:
    names = {**_PUBLIC, **_private(viewer), **_of_page(), **_nothing_yet()}
    row = Property.objects.filter(pk=json_rows.of_page("id", BigIntegerField()))
    return json_rows.compile_shape(row.annotate(**names).values(*COLUMNS, *names))


def page_of(
    rows: "QuerySet[Property]", actor: Actor, *conditions: Any, measures: dict[str, Any] | None = None
) -> "QuerySet[Any, Any]":
    """The rows that meet the conditions, as a page for the shape: id, viewer, and what is measured of each row."""
    viewer = Value(actor.id, output_field=BigIntegerField())
    measured = rows.annotate(**{"viewer": viewer, **_UNMEASURED, **(measures or {})})
    return measured.filter(*conditions).values("id", "viewer", *MEASURES)


MEASURES = ("distance_km", "relevance_score")
_UNMEASURED = {name: Value(None, output_field=FloatField()) for name in MEASURES}


def _of_page() -> dict[str, Expression]:
    return {name: json_rows.of_page(name, FloatField()) for name in MEASURES}


def _private(viewer: Viewer) -> dict[str, Any]:
    contact = Value(None, output_field=CharField()) if viewer is Viewer.ANONYMOUS else F("owner_contact")
    public = _public_preferences()
    return {
        "owner_contact_": contact,
        "search_keywords_": _for_owner(viewer, F("search_keywords"), CharField()),
        "late_fee_policy_": _for_owner(viewer, F("late_fee_policy"), JSONField()),
        "listing_preferences_": _for_owner(viewer, F("listing_preferences"), JSONField(), others=public),
    }


def _for_owner(viewer: Viewer, value: Any, kind: Any, *, others: Any = None) -> Any:
    """A value for the owner and admins, and `others` (null unless given) for everybody else."""
    rest = Value(None, output_field=kind) if others is None else others
    if viewer is Viewer.ADMIN:
        return value
    if viewer is Viewer.ANONYMOUS:
        return rest
    is_owner = Q(owner_id=json_rows.of_page("viewer", BigIntegerField()))
    return Case(When(is_owner, then=value), default=rest, output_field=kind)


def _public_preferences() -> Expression:
    keys = ", ".join(f"'{key}'" for key in PRIVATE_PREFERENCES)
    return Func(F("listing_preferences"), template=f"(%(expressions)s - ARRAY[{keys}])", output_field=JSONField())


def _preference(name: str) -> Expression:
    return KT(f"listing_preferences__{name}")


def _preference_list(name: str) -> Expression:
    return Func(F("listing_preferences"), template=f"%(expressions)s -> '{name}'", output_field=JSONField())


def _nothing_yet() -> dict[str, Expression]:
    """Keys of the wire whose facts belong to areas above this one."""
    null: dict[str, Any] = {"liked": BooleanField, "is_liked": BooleanField, "vector_distance": FloatField}
    null |= {"compatibility_score": FloatField, "user_has_scheduled_visit": BooleanField}
    null |= {"user_scheduled_visit_count": IntegerField, "user_next_visit_date": DateTimeField}
    null |= {"current_lease_id": IntegerField, "current_tenant_id": IntegerField}
    return {name: Value(None, output_field=kind()) for name, kind in null.items()}


def _images() -> Any:
    rows = PropertyImage.objects.filter(property=OuterRef("pk")).order_by("display_order", "id")
    names = ("id", "property_id", "image_url", "caption", "image_category", "display_order", "is_main_image")
    return ArraySubquery(rows.values(json=JSONObject(**{name: name for name in names})))


def _image_urls() -> Any:
    rows = PropertyImage.objects.filter(property=OuterRef("pk")).order_by("display_order", "id")
    return ArraySubquery(rows.values("image_url"))


def _amenities() -> Any:
    """An entry's `id` is the join row's, as clients know it; `amenity_id` is the amenity's own."""
    rows = PropertyAmenity.objects.filter(property=OuterRef("pk")).order_by("amenity__title")
    shape = JSONObject(
        id="id",
        amenity_id="amenity_id",
        title="amenity__title",
        name="amenity__title",
        icon="amenity__icon",
        category="amenity__category",
    )
    return ArraySubquery(rows.values(json=shape))


def has_lift() -> Exists:
    """Has the listing a lift, under either of its names?"""
    return Exists(PropertyAmenity.objects.filter(property=OuterRef("pk"), amenity__title__in=LIFTS))


_PUBLIC: dict[str, Any] = {
    "latitude": _Coordinate("Y"),
    "longitude": _Coordinate("X"),
    "features_": _FeatureNames("features"),
    "owner_name": F("owner__full_name"),
    "owner_": JSONObject(id="owner_id", full_name="owner__full_name"),
    "currency": Value("INR"),
    "images_": _images(),
    "image_urls": _image_urls(),
    "amenities": _amenities(),
    "has_lift": has_lift(),
    "gender_preference": _preference("gender_preference"),
    "sharing_type": _preference("sharing_type"),
    "society_type": _preference("society_type"),
    "society_amenities": _preference_list("society_amenities"),
    "society_vibe_tags": _preference_list("society_vibe_tags"),
}
