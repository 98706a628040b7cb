"""The wire shape of a listing, as SQL that PostgreSQL turns into JSON."""

from collections.abc import Mapping
from enum import Enum
from functools import cache

from apps.properties.selectors.picks import MEASURES
from ghar.actors import Actor
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
    "moderation_reason", "moderated_by", "moderated_at", "approved_at", "ai_prescreen_result", "ai_prescreen_flags",
    "ai_prescreen_reason", "ai_prescreen_photo_count", "ai_prescreen_at", "ai_prescreen_by",
    "room_poster_review_required", "auto_paused_reason", "auto_paused_at", "owner_status_updated_at",
    "ai_prescreened_at", "ai_prescreened_by", "previous_moderation_status", "first_approved_at",
    "approval_boost_granted_at", "boost_reason",
)  # fmt: skip
"""What moderation writes beside the listing's own preferences: for its owner and admins only."""

LIFTS = "('Lift', 'Elevator')"
HAS_LIFT = (
    "EXISTS (SELECT FROM property_amenities pa JOIN amenities a ON a.id = pa.amenity_id "
    f"WHERE pa.property_id = properties.id AND a.title IN {LIFTS})"
)

# Older rows keep an object `{name: true}`, whose keys are the list.
FEATURES = (
    "CASE jsonb_typeof(p.features) WHEN 'object' THEN "
    "(SELECT jsonb_agg(key) FROM jsonb_each(p.features) WHERE value = 'true') ELSE p.features END"
)

# Each is read once a listing, for both of the keys that it fills.
_PICTURES = (
    "LATERAL (SELECT coalesce(json_agg(i), '[]') AS images, coalesce(array_agg(i.image_url), '{}') AS image_urls "
    "FROM (SELECT id, property_id, image_url, caption, image_category, display_order, is_main_image "
    "FROM property_images WHERE property_id = p.id ORDER BY display_order, id) i) pictures"
)

# An entry's `id` is the join row's, as clients know it; `amenity_id` is the amenity's own.
_EQUIPMENT = (
    "LATERAL (SELECT coalesce(json_agg(a), '[]') AS amenities, "  # noqa: S608
    f"coalesce(bool_or(a.title IN {LIFTS}), FALSE) AS has_lift "
    "FROM (SELECT pa.id, pa.amenity_id, a.title, a.title AS name, a.icon, a.category "
    "FROM property_amenities pa JOIN amenities a ON a.id = pa.amenity_id WHERE pa.property_id = p.id "
    "ORDER BY a.title) a) equipment"
)

_PUBLIC = {
    **{name: f"p.{name}" for name in COLUMNS},
    "latitude": "ST_Y(p.location::geometry)",
    "longitude": "ST_X(p.location::geometry)",
    "features": FEATURES,
    "owner_name": "u.full_name",
    "owner": "json_build_object('id', u.id, 'full_name', u.full_name)",
    "currency": "'INR'",
    **{key: f"pictures.{key}" for key in ("images", "image_urls")},
    **{key: f"equipment.{key}" for key in ("amenities", "has_lift")},
    **{key: f"page.{key}" for key in MEASURES},
    **{key: f"p.listing_preferences ->> '{key}'" for key in ("gender_preference", "sharing_type", "society_type")},
    **{key: f"p.listing_preferences -> '{key}'" for key in ("society_amenities", "society_vibe_tags")},
}

# Keys of the wire whose facts belong to areas above this one, which fill them by `answer`.
_FROM_ABOVE: dict[str, str] = dict.fromkeys(
    (
        "liked", "is_liked", "compatibility_score", "user_has_scheduled_visit",
        "user_scheduled_visit_count", "user_next_visit_date", "current_lease_id", "current_tenant_id",
    ),
    "NULL",
)  # fmt: skip
_SOURCES_ABOVE: list[str] = []

_PRIVATE = {
    "owner_contact": "p.owner_contact",
    "search_keywords": "p.search_keywords",
    "late_fee_policy": "p.late_fee_policy",
    "listing_preferences": "p.listing_preferences",
}
_HIDDEN = {
    "owner_contact": "NULL",
    "search_keywords": "NULL",
    "late_fee_policy": "NULL",
    "listing_preferences": "p.listing_preferences - '{" + ",".join(PRIVATE_PREFERENCES) + "}'::text[]",
}


class Viewer(Enum):
    """Who looks. Contact details are for people who have signed in; what moderation notes and the terms of a lease
    are for the owner and for admins."""

    ANONYMOUS = "anonymous"
    SIGNED_IN = "signed in"
    ADMIN = "admin"

    @classmethod
    def of(cls, actor: Actor) -> "Viewer":
        """The kind of viewer that an actor is."""
        if actor.is_admin:
            return cls.ADMIN
        return cls.SIGNED_IN if actor.is_signed_in else cls.ANONYMOUS


def answer(source: str, keys: Mapping[str, str]) -> None:
    """Fill keys for signed-in viewers from an area above, which calls this once while it is loaded.

    `source` is a subquery of exactly one row beside the listing `p`; it may use the parameter `viewer`. Raises
    LookupError for a key that waits for nobody.
    """
    if unknown := sorted(keys.keys() - _FROM_ABOVE.keys()):
        raise LookupError(f"Listings have no key {unknown[0]!r} to fill from above.")
    if f"LATERAL {source}" not in _SOURCES_ABOVE:
        _SOURCES_ABOVE.append(f"LATERAL {source}")
    _FROM_ABOVE.update(keys)
    listing_for.cache_clear()


@cache
def listing_for(viewer: Viewer) -> Shape:
    """The shape of a listing. The pick must measure `MEASURES` and name the parameter `viewer`."""
    signed_in = viewer is not Viewer.ANONYMOUS
    sources = ", ".join([_PICTURES, _EQUIPMENT, *(_SOURCES_ABOVE if signed_in else ())])
    return Shape(
        source=f"properties p JOIN users u ON u.id = p.owner_id, {sources} WHERE p.id = page.id",
        keys={**_PUBLIC, **(_FROM_ABOVE if signed_in else dict.fromkeys(_FROM_ABOVE, "NULL")), **_private(viewer)},
    )


_CARD_COLUMNS = (
    "id", "title", "property_type", "purpose", "status", "city", "locality", "full_address", "base_price",
    "monthly_rent", "daily_rate", "bedrooms", "bathrooms", "area_sqft", "is_available", "is_managed",
    "management_status", "main_image_url", "created_at",
)  # fmt: skip
CARD = Shape(
    source="properties p WHERE p.id = page.id",
    keys={
        **{name: f"p.{name}" for name in _CARD_COLUMNS},
        "price": "p.base_price",
        "latitude": "ST_Y(p.location::geometry)",
        "longitude": "ST_X(p.location::geometry)",
        "distance_km": "page.distance_km",
    },
)
"""What a list of listings shows of each: to everybody the same."""


def _private(viewer: Viewer) -> dict[str, str]:
    if viewer is Viewer.ADMIN:
        return _PRIVATE
    if viewer is Viewer.ANONYMOUS:
        return _HIDDEN
    shown = {key: f"CASE WHEN p.owner_id = %(viewer)s THEN {_PRIVATE[key]} ELSE {_HIDDEN[key]} END" for key in _PRIVATE}
    return {**shown, "owner_contact": "p.owner_contact"}


def embedded(viewer: Viewer, property_id: str) -> str:
    """The SQL of a listing inside another row: `property_id` names it there. Needs the parameter `viewer`."""
    unmeasured = ", ".join(f"NULL::float8 AS {name}" for name in MEASURES)
    return listing_for(viewer).embedded(f"(SELECT {property_id} AS id, {unmeasured}) page")
