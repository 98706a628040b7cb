"""What somebody wrote, as columns of a listing: cleaned, checked as a whole, and only what is new."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.gis.geos import Point

from apps.properties.models import Property
from apps.properties.rules import galleries, markup, offers, preferences
from apps.properties.services import galleries as pictures
from ghar import geo
from ghar.errors import Invalid

Values = dict[str, Any]

COLUMNS = (
    "title", "description", "property_type", "purpose", "status", "city", "state", "country", "pincode", "locality",
    "sub_locality", "landmark", "full_address", "area_type", "base_price", "price_per_sqft", "monthly_rent",
    "daily_rate", "security_deposit", "maintenance_charges", "setup_cost", "other_charges",
    "other_charges_description", "area_sqft", "bedrooms", "bathrooms", "balconies", "parking_spaces", "floor_number",
    "total_floors", "age_of_property", "max_occupancy", "minimum_stay_days", "kitchen_type", "ventilation_type",
    "windows_count", "ventilation_shafts", "furnishing_level", "features", "tags", "search_keywords",
    "virtual_tour_url", "google_street_view_url", "floor_plan_url", "video_tour_url", "video_urls", "owner_contact",
    "builder_name", "is_available", "available_from", "calendar_data", "payment_due_day", "grace_period_days",
)  # fmt: skip
"""What people write into a listing, besides its place, its preferences, its pictures and its amenities."""

_NEVER_NULL = frozenset({"title", "property_type", "purpose", "status", "country", "base_price", "is_available"})
_LISTS = frozenset({"features", "tags", "video_urls"})
_CLEANED = {"title": markup.title, "description": markup.description}


@dataclass
class Draft:
    """The columns that are new, and the pictures and amenities when they were named."""

    columns: Values = field(default_factory=dict)
    pictures: list[str] | None = None
    main_picture: str | None = None
    amenity_ids: set[int] | None = None

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of what is new."""
        parts = {"image_urls": self.pictures, "amenity_ids": self.amenity_ids}
        return (*self.columns, *(name for name, value in parts.items() if value is not None))


def system_read(listing: Property, given: Values, *, may_moderate: bool) -> Draft:
    """What `given` changes in the listing. Raises Invalid, naming each field that does not fit the others."""
    draft = Draft(_news(listing, given))
    draft.columns |= _preferences(listing, given, may_moderate=may_moderate)
    _follow_status(listing, draft.columns, given)
    place = _place(listing, given)
    _insist_on_sense(listing, {**draft.columns, **place})
    if place:
        draft.columns["location"] = _point(place)
    _read_pictures(listing, given, draft)
    if given.get("amenity_ids") is not None:
        draft.amenity_ids = set(given["amenity_ids"])
    return draft


def _news(listing: Property, given: Values) -> Values:
    cleaned = {name: _clean(name, given[name]) for name in COLUMNS if name in given}
    return {
        name: value
        for name, value in cleaned.items()
        if not (value is None and name in _NEVER_NULL) and (listing.pk is None or value != getattr(listing, name))
    }


def _clean(name: str, value: Any) -> Any:
    if value is None:
        return [] if name in _LISTS else None
    return _CLEANED[name](value) if name in _CLEANED else value


def _preferences(listing: Property, given: Values, *, may_moderate: bool) -> Values:
    flat = {name: given[name] for name in preferences.FLAT if name in given}
    if "listing_preferences" not in given and not flat:
        return {}
    stored = listing.listing_preferences
    shared = offers.is_shared({"property_type": listing.property_type})
    merged = preferences.merged(
        stored,
        given.get("listing_preferences"),
        flat,
        replaces=may_moderate or not shared,
        may_moderate=may_moderate,
    )
    return {"listing_preferences": merged} if preferences.differ(stored, merged) else {}


def _follow_status(listing: Property, columns: Values, given: Values) -> None:
    """What is sold or rented goes off the market, and comes back with its status, unless the writer says otherwise."""
    if "status" not in columns or given.get("is_available") is not None:
        return
    if offers.is_off_market(columns["status"]):
        columns["is_available"] = False
    elif listing.pk is not None and offers.is_off_market(listing.status):
        columns["is_available"] = listing.is_live


def _place(listing: Property, given: Values) -> Values:
    """Where it lies now, when that is new."""
    point = listing.location
    present: Values = {"longitude": point and point.x, "latitude": point and point.y}
    wanted = {name: given.get(name, value) for name, value in present.items()}
    return {} if wanted == present else wanted


def _point(place: Values) -> Point | None:
    return geo.point(place["latitude"], place["longitude"]) if place["latitude"] is not None else None


def _insist_on_sense(listing: Property, news: Values) -> None:
    would_be = {name: getattr(listing, name) for name in COLUMNS} | news
    wrong = [
        {"loc": ["body", name], "msg": words, "type": "value_error"} for name, words in offers.faults(would_be, {*news})
    ]
    if wrong:
        raise Invalid(str(wrong[0]["msg"]), fields=wrong)


def _read_pictures(listing: Property, given: Values, draft: Draft) -> None:
    """New pictures, another main one, or both. Without a word about the main one, the first of the new ones is it."""
    named, main = given.get("image_urls"), given.get("main_image_url")
    if named is None and (main is None or main == listing.main_image_url):
        return
    present = pictures.system_urls(listing) if listing.pk else []
    urls = galleries.arrange(present if named is None else named, main)
    if len(urls) > galleries.MOST:
        raise Invalid.field("image_urls", f"At most {galleries.MOST} pictures.")
    main = galleries.main_of(urls, main)
    if listing.pk and urls == present and main == listing.main_image_url:
        return
    draft.pictures, draft.main_picture = urls, main
    draft.columns["main_image_url"] = main
