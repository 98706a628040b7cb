"""The shapes of what stands beside a search: counts, and homes like another."""

from typing import Any

from rest_framework import serializers

from ghar.api.pages import CappedLimit, PageIn

MOST_SIMILAR = 20


class SimilarLimit(CappedLimit):
    """A number of homes: above the bound it is capped."""

    def to_internal_value(self, data: Any) -> int:
        """The number, at most MOST_SIMILAR."""
        return min(super().to_internal_value(data), MOST_SIMILAR)


class SimilarIn(PageIn):
    """How many homes."""

    limit = SimilarLimit(help_text=f"Homes a page; more than {MOST_SIMILAR} is read as {MOST_SIMILAR}.")


class CountOut(serializers.Serializer[Any]):
    """How many listings have a value."""

    value = serializers.CharField()
    count = serializers.IntegerField()


class LabelledCountOut(CountOut):
    """The same, with the value as people read it."""

    label = serializers.CharField()  # type: ignore[assignment]  # a declared field leaves the class


class RoomsCountOut(serializers.Serializer[Any]):
    """How many listings have so many bedrooms."""

    value = serializers.IntegerField()
    count = serializers.IntegerField()


class PriceBandOut(serializers.Serializer[Any]):
    """How many listings cost at least `min` and less than `max` rupees."""

    min = serializers.IntegerField()
    max = serializers.IntegerField(allow_null=True)
    count = serializers.IntegerField()


class FacetCountsOut(serializers.Serializer[Any]):
    """The counts by kind."""

    property_type = LabelledCountOut(many=True)
    purpose = LabelledCountOut(many=True)
    bedrooms = RoomsCountOut(many=True)
    price = PriceBandOut(many=True)
    furnishing = LabelledCountOut(many=True)
    locality = CountOut(many=True, help_text="The most frequent twenty.")
    amenities = CountOut(many=True, help_text="The most frequent twenty.")


class CentreOut(serializers.Serializer[Any]):
    """The centre of a search."""

    latitude = serializers.FloatField()
    longitude = serializers.FloatField()
    radius_km = serializers.IntegerField()


class FacetsOut(serializers.Serializer[Any]):
    """What a search would leave under other filters."""

    total = serializers.IntegerField(help_text="Listings that match, at most 5,000.")
    is_capped = serializers.BooleanField(help_text="There are more, and the newest of them were counted.")
    facets = FacetCountsOut()
    filters_applied = serializers.JSONField()
    search_center = CentreOut(allow_null=True)
