"""The shapes of swipes and recommendations on the wire."""

from typing import Any

from rest_framework import serializers

from apps.properties.serializers.listings import BIGGEST_ID, PropertyOut, PropertySearchIn

MOST_REMOVED = 500


class SwipeIn(serializers.Serializer[Any]):
    """What the caller thinks of a listing."""

    property_id = serializers.IntegerField(min_value=1, max_value=BIGGEST_ID)
    is_liked = serializers.BooleanField()


class SwipeListIn(PropertySearchIn):
    """Which of the swiped listings; `newest` means the latest decision first."""

    is_liked = serializers.BooleanField(required=False, allow_null=True, default=None)


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
