"""Listings over REST."""

from typing import Any

from rest_framework.request import Request

from apps.properties import serializers
from apps.properties.selectors import listings, search
from ghar.api.access import Access
from ghar.api.pages import PageIn
from ghar.api.rendering import Rendered
from ghar.api.views import View, operation
from ghar.db.listing import Listing


class PropertyList(View):
    @operation(
        "search_properties",
        access=Access.OPTIONAL,
        tags=["properties"],
        query=serializers.PropertySearchIn,
        answer=serializers.PropertyOut,
        page=True,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Listing:
        """Search the available listings."""
        return search.search_properties(self.actor, query)


class MyProperties(View):
    @operation(
        "list_my_properties",
        access=Access.SIGNED_IN,
        tags=["properties"],
        query=PageIn,
        answer=serializers.PropertyOut,
        page=True,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Listing:
        """The caller's own listings, newest first."""
        return listings.list_my_properties(self.actor)


class PropertyDetail(View):
    @operation("get_property", access=Access.OPTIONAL, tags=["properties"], answer=serializers.PropertyOut)
    def get(self, request: Request, property_id: int) -> Rendered:
        """One listing."""
        return Rendered(listings.get_property(self.actor, property_id))


class Amenities(View):
    @operation("list_amenities", access=Access.PUBLIC, tags=["amenities"], answer=serializers.AmenityOut(many=True))
    def get(self, request: Request) -> Any:
        """The amenity vocabulary, by title."""
        return serializers.AmenityOut(listings.list_amenities(), many=True).data
