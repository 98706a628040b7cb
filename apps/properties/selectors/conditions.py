"""What each filter of the listing search means, in SQL."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson
from django.db.models import Q

from apps.properties.models import Amenity
from apps.properties.rules import drawn, moving, places
from apps.properties.selectors import near, shapes, text
from ghar import clock
from ghar.db.json_rows import Pick

Condition = Callable[[Pick, str, Any], None]


def _is(sql: str) -> Condition:
    """A condition on one value; `?` stands for it."""

    def add(pick: Pick, name: str, value: Any) -> None:
        pick.where(sql.replace("?", f"%({name})s"), **{name: value})

    return add


def _contains(column: str) -> Condition:
    """A case-insensitive substring, with the wildcards of LIKE taken literally."""

    def add(pick: Pick, name: str, value: str) -> None:
        pick.where(f"{column} ILIKE %({name})s", **{name: f"%{_literal(value)}%"})

    return add


def _literal(pattern: str) -> str:
    return pattern.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _in_city(pick: Pick, name: str, city: str) -> None:
    patterns = [f"%{_literal(alias)}%" for alias in places.names_of(city)]
    pick.where("properties.city ILIKE ANY(%(city)s)", city=patterns)


def _with_amenities(pick: Pick, name: str, wanted: list[str]) -> None:
    """All of the amenities that exist; an unknown title is passed over unless none is known."""
    known = Q(pk__in=[int(title) for title in wanted if _is_id(title)])
    for title in wanted:
        known |= Q(title__iexact=title)
    found = list(Amenity.objects.filter(known, is_active=True).values_list("pk", flat=True))
    pick.where(
        "(SELECT count(*) FROM property_amenities pa WHERE pa.property_id = properties.id "
        "AND pa.amenity_id = ANY(%(amenities)s)) = %(amenity_count)s",
        amenities=found,
        amenity_count=len(found) or -1,
    )


def _is_id(title: str) -> bool:
    return title.isascii() and title.isdigit() and len(title) < 19


def _with_features(pick: Pick, name: str, wanted: list[str]) -> None:
    """All of them, in a list or as true keys of an older row's object."""
    as_keys = dict.fromkeys(wanted, True)
    pick.where(
        "properties.features @> %(features)s::jsonb OR properties.features @> %(feature_keys)s::jsonb",
        features=orjson.dumps(wanted).decode(),
        feature_keys=orjson.dumps(as_keys).decode(),
    )


def _with_kitchen(pick: Pick, name: str, wanted: list[str]) -> None:
    """A kitchen open to all suits everybody; asking for `any` is asking for nothing."""
    if named := [kind for kind in wanted if kind != "any"]:
        pick.where("properties.kitchen_type = ANY(%(kitchen_type)s)", kitchen_type=[*named, "any"])


def _with_lift(pick: Pick, name: str, wanted: bool) -> None:
    if wanted:
        pick.where(shapes.HAS_LIFT)


def _available_from(pick: Pick, name: str, moment: datetime) -> None:
    first = clock.midnight(moment.astimezone(clock.INDIA).date())
    pick.where("properties.available_from >= %(available_from)s", available_from=first)


def _moving_in(pick: Pick, name: str, wish: str) -> None:
    window = moving.window(wish, clock.today())
    if window is None:
        return
    pick.where("properties.available_from < %(move_in_end)s", move_in_end=clock.midnight(window.end))
    if window.first:
        pick.where("properties.available_from >= %(move_in_first)s", move_in_first=clock.midnight(window.first))


def _in_box(pick: Pick, name: str, box: drawn.Box) -> None:
    west, south, east, north = box
    _around(pick, "bbox", box)
    pick.where(near.IN_BOX, west=west, south=south, east=east, north=north)


def _in_polygon(pick: Pick, name: str, ring: list[drawn.Pair]) -> None:
    _around(pick, "ring", drawn.box_around(ring))
    pick.where(near.IN_POLYGON, polygon=drawn.well_known_text(ring))


def _around(pick: Pick, name: str, box: drawn.Box) -> None:
    """How many listings lie in an area differs from area to area, and so does the best plan."""
    (lng, lat), metres = drawn.circle_around(box)
    pick.varied = True
    pick.where(near.around(name), **{f"{name}_lng": lng, f"{name}_lat": lat, f"{name}_m": metres})


CONDITIONS: dict[str, Condition] = {
    "ids": _is("properties.id = ANY(?)"),
    "property_type": _is("properties.property_type = ANY(?)"),
    "purpose": _is("properties.purpose = ?"),
    # A price beside a binary fraction would itself become one, which no index of prices knows.
    "price_min": _is("properties.base_price >= ?::numeric"),
    "price_max": _is("properties.base_price <= ?::numeric"),
    "bedrooms_min": _is("properties.bedrooms >= ?"),
    "bedrooms_max": _is("properties.bedrooms <= ?"),
    "bathrooms_min": _is("properties.bathrooms >= ?"),
    "bathrooms_max": _is("properties.bathrooms <= ?"),
    "area_min": _is("properties.area_sqft >= ?"),
    "area_max": _is("properties.area_sqft <= ?"),
    "floor_number_min": _is("properties.floor_number >= ?"),
    "floor_number_max": _is("properties.floor_number <= ?"),
    "parking_spaces_min": _is("properties.parking_spaces >= ?"),
    "age_max": _is("properties.age_of_property <= ?"),
    "windows_min": _is("properties.windows_count >= ?"),
    "guests": _is("properties.max_occupancy >= ?"),
    "locality": _contains("properties.locality"),
    "pincode": _is("properties.pincode = ?"),
    "furnishing": _is("properties.furnishing_level = ANY(?)"),
    "ventilation_type": _is("properties.ventilation_type = ANY(?)"),
    "gender_preference": _is("properties.listing_preferences ->> 'gender_preference' = ?"),
    "sharing_type": _is("properties.listing_preferences ->> 'sharing_type' = ?"),
    "city": _in_city,
    "amenities": _with_amenities,
    "features": _with_features,
    "kitchen_type": _with_kitchen,
    "has_lift": _with_lift,
    "available_from": _available_from,
    "move_in": _moving_in,
    "bbox": _in_box,
    "polygon": _in_polygon,
}


_WHOM = {"female": "girls | ladies | women | female", "male": "boys | gents | men | male"}


def _for_whom(pick: Pick, name: str, whom: str) -> None:
    """A home that its owner keeps for them, or that is open to all and says so in its text."""
    preferred = "coalesce(properties.listing_preferences ->> 'gender_preference', 'any')"
    pick.where(
        f"{preferred} = %(whom)s OR ({preferred} = 'any' AND {text.has_words('whom_said')})",
        whom=whom,
        whom_said=_WHOM.get(whom, ""),
    )


# A listing without a number of parking spaces may have them among its amenities, and whether pets are welcome is
# written in its preferences, among its amenities or in its text: somebody who says it in words means any of these.
_PARKED = text.has_amenity("'Parking'", "'Covered Parking'")
_PETS = text.has_amenity("'Pet Friendly'")
_PETS_SAID = (
    "properties.search_vector @@ to_tsquery('english', '(pets <-> (friendly | allowed | welcome)) "
    "| (pets <2> (allowed | welcome))')"
)
READ: dict[str, Condition] = {
    "gender_preference": _for_whom,
    "parking_spaces_min": _is(f"properties.parking_spaces >= ? OR (? = 1 AND {_PARKED})"),
    "amenities": _is(f"properties.listing_preferences ->> 'pets' IN ('yes', 'allowed') OR {_PETS} OR {_PETS_SAID}"),
}
"""The same for what was read in somebody's words, where that is met in more ways than the filter is."""

TYPE_OR_NAME = _is(f"properties.property_type = ANY(?) OR {text.IS_NAMED}")
"""For a type that may be part of a name, as in "kesar villas"."""


def fill(name: str, condition: Condition) -> None:
    """Give a filter of PropertySearchIn its meaning from an area above, which does so once while it is loaded.

    The pick's parameter `viewer` is who searches, None for nobody in particular.
    """
    CONDITIONS[name] = condition
