"""Listings over REST."""

from typing import Any

from rest_framework.request import Request

from apps.accounts.selectors import UserNotFound
from apps.properties.selectors import facets, listings, search, similar
from apps.properties.serializers import listings as shapes
from apps.properties.serializers import writing
from apps.properties.serializers.finding import FacetsOut, SimilarIn
from apps.properties.services import boosting, counting, refusals, removal
from apps.properties.services import listings as services
from ghar.api.access import Access
from ghar.api.pages import PageIn
from ghar.api.rendering import Rendered
from ghar.api.schema import Message
from ghar.api.views import View, operation
from ghar.db.listing import Listing

Values = dict[str, Any]

ONE: Any = {"tags": ["properties"], "answer": shapes.PropertyOut}
WRITTEN: Any = {**ONE, "access": Access.SIGNED_IN}


class PropertyList(View):
    @operation(
        "search_properties",
        access=Access.OPTIONAL,
        tags=["properties"],
        query=shapes.PropertySearchIn,
        answer=shapes.PropertyOut,
        page=True,
    )
    def get(self, request: Request, query: Values) -> Listing:
        """Search the available listings."""
        return search.search_properties(self.actor, query)

    @operation(
        "create_property",
        **WRITTEN,
        query=writing.ForOwnerIn,
        body=writing.PropertyIn,
        idempotent=True,
        refusals=(UserNotFound,),
    )
    def post(self, request: Request, query: Values, body: Values) -> Rendered:
        """A new listing of the caller's; agents and admins name its owner."""
        listing = services.create_property(actor=self.actor, values=body, owner_id=query["owner_id"])
        return Rendered(listings.get_property(self.actor, listing.pk))


class SemanticSearch(View):
    @operation(
        "search_properties_by_meaning",
        access=Access.OPTIONAL,
        tags=["properties"],
        query=shapes.PropertySearchIn,
        answer=shapes.PropertyOut,
        page=True,
    )
    def get(self, request: Request, query: Values) -> Listing:
        """Search with words (`q`), the best match first."""
        return search.search_properties(self.actor, {**query, "semantic_search": True, "sort_by": "relevance"})


class Facets(View):
    @operation(
        "count_property_facets",
        access=Access.OPTIONAL,
        tags=["properties"],
        query=shapes.PropertySearchIn,
        answer=FacetsOut,
    )
    def get(self, request: Request, query: Values) -> Values:
        """How many listings of a search there are by type, purpose, bedrooms, price, furnishing, locality and amenity.

        Each count leaves out the filters of its own kind.
        """
        return facets.count_facets(self.actor, query)


class SimilarProperties(View):
    @operation(
        "list_similar_properties",
        access=Access.OPTIONAL,
        tags=["properties"],
        query=SimilarIn,
        answer=shapes.PropertyOut,
        page=True,
    )
    def get(self, request: Request, query: Values, property_id: int) -> Listing:
        """The listings most like this one, the best match first; `relevance_score`, 0 to 1, says how like."""
        return similar.list_similar(self.actor, property_id)


class MyProperties(View):
    @operation(
        "list_my_properties",
        access=Access.SIGNED_IN,
        tags=["properties"],
        query=PageIn,
        answer=shapes.PropertyOut,
        page=True,
    )
    def get(self, request: Request, query: Values) -> Listing:
        """The caller's own listings, newest first."""
        return listings.list_my_properties(self.actor)


class PropertyDetail(View):
    @operation("get_property", **ONE, access=Access.OPTIONAL)
    def get(self, request: Request, property_id: int) -> Rendered:
        """One listing."""
        found = Rendered(listings.get_property(self.actor, property_id))
        counting.system_count_view(property_id, request.META.get("HTTP_USER_AGENT", ""))
        return found

    @operation("update_property", **WRITTEN, body=writing.PropertyUpdateIn, refusals=(refusals.NotApproved,))
    def put(self, request: Request, property_id: int, body: Values) -> Rendered:
        """Change the given fields of a listing."""
        services.update_property(actor=self.actor, property_id=property_id, changes=body)
        return Rendered(listings.get_property(self.actor, property_id))

    @operation(
        "delete_property",
        access=Access.SIGNED_IN,
        tags=["properties"],
        answer=Message,
        refusals=(refusals.PropertyInUse,),
    )
    def delete(self, request: Request, property_id: int) -> Values:
        """Delete a listing on which nothing hangs that is to come."""
        removal.delete_property(actor=self.actor, property_id=property_id)
        return {"message": "Property deleted successfully", "success": True}


class Pictures(View):
    @operation("add_property_pictures", **WRITTEN, body=writing.PicturesIn)
    def post(self, request: Request, property_id: int, body: Values) -> Rendered:
        """Put more pictures behind those that a listing has."""
        services.add_pictures(actor=self.actor, property_id=property_id, **body)
        return Rendered(listings.get_property(self.actor, property_id))


class Renewal(View):
    @operation("renew_property", **WRITTEN, refusals=(refusals.NotApproved,))
    def post(self, request: Request, property_id: int) -> Rendered:
        """Say that a listing still stands; one that was paused for its age goes live again."""
        services.renew_property(actor=self.actor, property_id=property_id)
        return Rendered(listings.get_property(self.actor, property_id))


class Boost(View):
    @operation("boost_property", **WRITTEN, refusals=(refusals.NotOpen, refusals.BoostedLately))
    def post(self, request: Request, property_id: int) -> Rendered:
        """For a day the listing comes before others in recommendations; once a week."""
        boosting.boost_property(actor=self.actor, property_id=property_id)
        return Rendered(listings.get_property(self.actor, property_id))


class Amenities(View):
    @operation("list_amenities", access=Access.PUBLIC, tags=["amenities"], answer=shapes.AmenityOut(many=True))
    def get(self, request: Request) -> Any:
        """The amenity vocabulary, by title."""
        return shapes.AmenityOut(listings.list_amenities(), many=True).data
