"""The search of listings: filters, text, geography and order, ending in one statement a page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from apps.properties import permissions
from apps.properties.models import Amenity, Property, PropertyAmenity
from apps.properties.rules import moving, places
from apps.properties.selectors import near, shapes
from apps.properties.selectors.orders import ORDERS, SortBy
from ghar import clock
from ghar.actors import Actor
from ghar.db.keyset import Listing
from ghar.errors import BadRequest

Filters = dict[str, Any]


class SemanticNeedsText(BadRequest):
    """A search by meaning needs words."""

    message = "semantic_search requires a search query (q)"


def search_properties(actor: Actor, filters: Filters) -> Listing:
    """The available listings that match, in the order asked for, shaped for the wire.

    `filters` are the values of PropertySearchIn. Distance order needs a point and relevance needs words; without
    them the newest come first. Raises SemanticNeedsText.
    """
    if filters["semantic_search"] and not filters["q"]:
        raise SemanticNeedsText
    search = _Search(filters)
    conditions = (permissions.visible_to(actor), *search.conditions, _matching(filters))
    return Listing(
        rows=shapes.page_of(_available(), actor, *conditions, measures=search.measures),
        shape=shapes.listing_for(actor),
        order=ORDERS[search.order],
        extras=_extras(filters),
    )


def _available() -> "QuerySet[Property]":
    return Property.objects.filter(is_available=True)


class _Search:
    """The place and the words of a search: their conditions, what they measure, and the order they allow."""

    def __init__(self, filters: Filters) -> None:
        self.conditions: tuple[Any, ...] = ()
        self.measures: dict[str, Any] = {}
        self.order = SortBy.RELEVANCE if filters["semantic_search"] else SortBy(filters["sort_by"])
        has_point = filters["lat"] is not None and filters["lng"] is not None
        if has_point:
            self._around(filters)
        if filters["q"]:
            self._about(filters["q"])
        impossible = {SortBy.DISTANCE: not has_point, SortBy.RELEVANCE: not filters["q"]}
        if impossible.get(self.order):
            self.order = SortBy.NEWEST

    def _around(self, filters: Filters) -> None:
        circle = near.around(latitude=filters["lat"], longitude=filters["lng"], radius_km=filters["radius"])
        self.conditions += circle.conditions
        self.measures |= circle.measures

    def _about(self, text: str) -> None:
        words = SearchQuery(text, config="english", search_type="plain")
        self.conditions += (Q(search_vector=words),)
        if self.order is SortBy.RELEVANCE:
            self.measures["relevance_score"] = SearchRank(F("search_vector"), words)


def _matching(filters: Filters) -> Q:
    """All filters that were given, joined by AND."""
    condition = Q()
    for name, value in filters.items():
        if value not in (None, [], "") and name in _CONDITIONS:
            condition &= _CONDITIONS[name](value)
    return condition


def _lookup(lookup: str) -> Callable[[Any], Q]:
    return lambda value: Q(**{lookup: value})


def _in_city(city: str) -> Q:
    condition = Q()
    for name in places.names_of(city):
        condition |= Q(city__icontains=name)
    return condition


def _with_amenities(wanted: list[str]) -> Q:
    """All of the amenities that exist; an unknown title is passed over unless none is known."""
    known = Q(pk__in=[int(text) for text in wanted if _is_id(text)])
    for text in wanted:
        known |= Q(title__iexact=text)
    found = Amenity.objects.filter(known, is_active=True).values_list("pk", flat=True)
    condition = Q() if found else Q(pk__in=[])
    for amenity_id in found:
        condition &= Q(Exists(PropertyAmenity.objects.filter(property=OuterRef("pk"), amenity=amenity_id)))
    return condition


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _with_features(wanted: list[str]) -> Q:
    condition = Q()
    for name in wanted:
        condition &= Q(features__contains=[name]) | Q(features__contains={name: True})
    return condition


def _kitchens(wanted: list[str]) -> Q:
    named = [kind for kind in wanted if kind != "any"]
    return Q(kitchen_type__in=[*named, "any"]) if named else Q()


def _available_from(moment: datetime) -> Q:
    return Q(available_from__gte=clock.midnight(moment.astimezone(clock.INDIA).date()))


def _moving_in(wish: str) -> Q:
    window = moving.window(wish, clock.today())
    if window is None:
        return Q()
    condition = Q(available_from__lt=clock.midnight(window.end))
    return condition & Q(available_from__gte=clock.midnight(window.first)) if window.first else condition


_CONDITIONS: dict[str, Callable[[Any], Q]] = {
    "ids": _lookup("pk__in"),
    "property_type": _lookup("property_type__in"),
    "purpose": _lookup("purpose"),
    "price_min": _lookup("base_price__gte"),
    "price_max": _lookup("base_price__lte"),
    "bedrooms_min": _lookup("bedrooms__gte"),
    "bedrooms_max": _lookup("bedrooms__lte"),
    "bathrooms_min": _lookup("bathrooms__gte"),
    "bathrooms_max": _lookup("bathrooms__lte"),
    "area_min": _lookup("area_sqft__gte"),
    "area_max": _lookup("area_sqft__lte"),
    "floor_number_min": _lookup("floor_number__gte"),
    "floor_number_max": _lookup("floor_number__lte"),
    "parking_spaces_min": _lookup("parking_spaces__gte"),
    "age_max": _lookup("age_of_property__lte"),
    "windows_min": _lookup("windows_count__gte"),
    "guests": _lookup("max_occupancy__gte"),
    "locality": _lookup("locality__icontains"),
    "pincode": _lookup("pincode"),
    "furnishing": _lookup("furnishing_level__in"),
    "ventilation_type": _lookup("ventilation_type__in"),
    "gender_preference": _lookup("listing_preferences__gender_preference"),
    "sharing_type": _lookup("listing_preferences__sharing_type"),
    "city": _in_city,
    "amenities": _with_amenities,
    "features": _with_features,
    "kitchen_type": _kitchens,
    "has_lift": lambda wanted: Q(shapes.has_lift()) if wanted else Q(),
    "available_from": _available_from,
    "move_in": _moving_in,
}


def _extras(filters: Filters) -> dict[str, Any]:
    """What clients show above a list: the filters that were understood, and the centre of the search."""
    unshown = ("cursor", "limit", "include_total", "lat", "lng", "radius")
    applied = {name: value for name, value in filters.items() if value not in (None, [], False) and name not in unshown}
    has_point = filters["lat"] is not None and filters["lng"] is not None
    centre = {"latitude": filters["lat"], "longitude": filters["lng"], "radius_km": filters["radius"]}
    return {"filters_applied": applied, "search_center": centre if has_point else None}
