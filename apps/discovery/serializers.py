"""The shapes of swipes and recommendations on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from rest_framework import serializers

from apps.discovery.rules import wanted
from apps.properties.serializers.answers import CardTold
from apps.properties.serializers.listings import BIGGEST_ID, PropertyOut, PropertySearchIn
from ghar.answers import Answer, PageOut
from ghar.api import parsing
from ghar.api.fields import JSONObject
from ghar.errors import Invalid

MOST_REMOVED = 500


class SwipeIn(serializers.Serializer[Any]):
    """What the caller thinks of a listing."""

    property_id = serializers.IntegerField(min_value=1, max_value=BIGGEST_ID)
    is_liked = serializers.BooleanField()


class SwipeListIn(PropertySearchIn):
    """Which of the swiped listings; `newest` means the latest decision first."""

    is_liked = serializers.BooleanField(required=False, allow_null=True, default=None)
    check_in = serializers.CharField(required=False, allow_null=True, help_text="Accepted and ignored.")
    check_out = serializers.CharField(required=False, allow_null=True, help_text="Accepted and ignored.")

    @classmethod
    def check(cls, values: dict[str, Any]) -> None:
        """As the search does, but for the days of a stay."""
        super().check({**values, "check_in": None, "check_out": None})


class SwipedPropertyOut(PropertyOut):
    """A listing that the caller decided about."""

    swipe_id = serializers.IntegerField(help_text="What `PUT /swipes/{swipe_id}/toggle` takes.")
    swiped_at = serializers.DateTimeField()


class RecommendedPropertyOut(PropertyOut):
    """A listing that is recommended, and why."""

    recommendation_id = serializers.CharField(help_text="The list that it stands in; the same on every page of it.")
    recommendation_place = serializers.IntegerField(help_text="Its place in that list, from 1.")
    recommendation_reason = serializers.CharField(help_text="In words, for people.")
    because_of_property_id = serializers.IntegerField(allow_null=True, help_text="The liked listing that it is like.")


class SwipeCountsOut(serializers.Serializer[Any]):
    """What the caller has decided so far."""

    total_swipes = serializers.IntegerField()
    liked_count = serializers.IntegerField()
    disliked_count = serializers.IntegerField()
    like_percentage = serializers.FloatField(help_text="0 to 100.")


class RemoveSwipesIn(serializers.Serializer[Any]):
    """About which listings decisions are taken back."""

    property_ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=BIGGEST_ID), max_length=MOST_REMOVED
    )


class RemovedSwipesOut(serializers.Serializer[Any]):
    """How many decisions there were. Without one there is nothing to take back, which is no failure."""

    removed_count = serializers.IntegerField()
    failed_property_ids = serializers.ListField(child=serializers.IntegerField())
    message = serializers.CharField()


def search_filters(given: Mapping[str, Any]) -> dict[str, Any]:
    """Filters of the listing search, checked, as a saved search keeps them; unknown names are ignored.

    Raises Invalid, naming the filter that is wrong.
    """
    spelled = {name: wanted.spelled(value) if name in wanted.DRAWN else value for name, value in given.items()}
    for name, value in spelled.items():
        _insist_on_plain(name, value)
    try:
        kept = wanted.kept(parsing.arguments(PropertySearchIn, spelled))
    except Invalid as wrong:
        raise Invalid(fields=[_of_the_body(entry) for entry in wrong.fields]) from wrong
    if not wanted.says_something(kept):
        raise Invalid.field("filters", "Say at least one thing that you look for.")
    return kept


def _insist_on_plain(name: str, value: Any) -> None:
    values = value if isinstance(value, list) else [value]
    if not all(one is None or isinstance(one, (str, int, float, bool)) for one in values):
        field = {"loc": ["body", "filters", name], "msg": "Text, numbers, truth values, or a list.", "type": "invalid"}
        raise Invalid(fields=[field])


def _of_the_body(entry: dict[str, Any]) -> dict[str, Any]:
    """An error of a query, as one of the filters in a body."""
    return {**entry, "loc": ["body", "filters", *entry["loc"][1:]]}


class FiltersField(JSONObject):
    """An object of the listing search's filters, under the names that `GET /properties` has for them."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Checked as the search itself checks them."""
        return search_filters(super().to_internal_value(data))


class SavedSearchIn(serializers.Serializer[Any]):
    """A search to keep."""

    name = serializers.CharField(max_length=100)
    filters = FiltersField(help_text="As in `GET /properties`; at least one.")
    notify = serializers.BooleanField(required=False, default=True, help_text="Tell of new listings that fit.")


class SavedSearchUpdateIn(serializers.Serializer[Any]):
    """What of it shall be otherwise."""

    name = serializers.CharField(max_length=100, required=False, allow_null=True)
    filters = FiltersField(required=False, allow_null=True)
    notify = serializers.BooleanField(required=False, allow_null=True)


class SavedSearchOut(serializers.Serializer[Any]):
    """A kept search, and how many listings that fit became news since the person last looked."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    filters = JSONObject()
    notify = serializers.BooleanField()
    new_count = serializers.IntegerField()
    seen_at = serializers.DateTimeField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField(allow_null=True)


class SwipedTold(CardTold):
    """A listing with the person's swipe of it."""

    swipe_id: int
    swiped_at: datetime


class RecommendedTold(CardTold):
    """A listing with its place in what was chosen for the person, and why it is there."""

    recommendation_id: str | None = None
    recommendation_place: int | None = None
    recommendation_reason: str | None = None
    because_of_property_id: int | None = None


class SavedSearchTold(Answer):
    """A saved search; `new_count` is of listings that came since the person last looked."""

    id: int
    name: str
    filters: dict[str, Any]
    notify: bool
    seen_at: datetime
    created_at: datetime
    updated_at: datetime | None
    new_count: int


class SwipeAnswer(Answer):
    """Whether the decision is kept."""

    success: bool
    property_id: int
    is_liked: bool


class ShortlistAnswer(PageOut):
    """Listings that the person likes, the latest like first."""

    properties: list[SwipedTold]


class RecommendationsAnswer(Answer):
    """Listings that the person may like."""

    properties: list[RecommendedTold]
    count: int
    personalized: bool


class FeedAnswer(Answer):
    """Listings to look through."""

    properties: list[RecommendedTold]
    count: int
    is_personalized: bool


class SavedSearchAnswer(Answer):
    """The search as it is kept."""

    saved_search: SavedSearchTold


class SavedSearchesAnswer(PageOut):
    """The person's saved searches."""

    saved_searches: list[SavedSearchTold]


class ForgottenSearchAnswer(Answer):
    """The search that is gone."""

    success: Literal[True]
    saved_search_id: int
