"""The shapes of what people set for themselves on the wire."""

from typing import Any

from rest_framework import serializers

from ghar.api.fields import JSONObject

BIGGEST_AMOUNT = 1e12
"""Rupees or square feet. A stored number beyond 64 bits could not be answered again."""


class PreferencesSerializer(serializers.Serializer[Any]):
    """Search preferences, in and out. Absent ones are null, except the distance, which is 5 km."""

    property_type = serializers.ListField(
        child=serializers.SlugField(max_length=32), required=False, allow_null=True, max_length=20
    )
    purpose = serializers.SlugField(max_length=32, required=False, allow_null=True)
    budget_min = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=BIGGEST_AMOUNT)
    budget_max = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=BIGGEST_AMOUNT)
    bedrooms_min = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=100)
    bedrooms_max = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=100)
    area_min = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=BIGGEST_AMOUNT)
    area_max = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=BIGGEST_AMOUNT)
    location_preference = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, allow_null=True, max_length=50
    )
    max_distance_km = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=1000)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """The known keys of a stored object, whatever else other apps keep there."""
        known = {str(name): instance.get(name) for name in self.fields}
        if known["max_distance_km"] is None:
            known["max_distance_km"] = 5
        return known


class _Settings(serializers.Serializer[Any]):
    """A stored settings object shown over its defaults; keys that we do not know are kept and shown as they are."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Defaults under what is stored."""
        defaults: dict[str, Any] = {str(name): self._default(field) for name, field in self.fields.items()}
        return {**defaults, **instance}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The known keys checked, the others as they are."""
        kept = JSONObject().run_validation(data)
        return kept | dict(super().to_internal_value(data))

    @staticmethod
    def _default(field: Any) -> Any:
        return None if field.default is serializers.empty else field.get_default()


def _flag(*, default: bool) -> serializers.BooleanField:
    return serializers.BooleanField(required=False, default=default)


class NotificationSettingsSerializer(_Settings):
    """What somebody wants to be told, and how."""

    email_notifications = _flag(default=True)
    push_notifications = _flag(default=True)
    sms_notifications = _flag(default=False)
    visit_reminders = _flag(default=True)
    property_updates = _flag(default=True)
    promotional_emails = _flag(default=False)
    onboarding = _flag(default=True)
    digest = _flag(default=True)
    frequency = serializers.CharField(required=False, allow_null=True, max_length=64)
    quietHours = serializers.DictField(  # noqa: N815 - the wire's name
        child=serializers.CharField(max_length=64), required=False, allow_null=True
    )
    categories = serializers.DictField(child=serializers.BooleanField(), required=False, default=dict)


class PrivacySettingsSerializer(_Settings):
    """What others may see."""

    profile_visibility = serializers.CharField(required=False, default="public", max_length=64)
    location_sharing = _flag(default=True)
    contact_sharing = _flag(default=True)
    search_history_tracking = _flag(default=True)
    show_phone = _flag(default=False)
    show_email = _flag(default=False)
    allow_location_tracking = _flag(default=True)
    data_sharing_consent = _flag(default=False)


class AnyObjectIn(serializers.Serializer[Any]):
    """Any JSON object, as an older app sends it."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The object as it is."""
        value: dict[str, Any] = JSONObject().run_validation(data)
        return value
