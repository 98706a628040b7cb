"""The shapes of notifications on the wire."""

from typing import Any

from rest_framework import serializers

from apps.notifications.models import Platform
from ghar.api.parsing import QueryIn


class NotificationOut(serializers.Serializer[Any]):
    """Something that a person was told."""

    id = serializers.CharField()
    type = serializers.CharField(help_text="The key of its type, for instance `visit_reminder`.")
    title = serializers.CharField()
    body = serializers.CharField()
    data = serializers.DictField()  # type: ignore[assignment]  # fields are no attributes of the class
    is_read = serializers.BooleanField()
    read_at = serializers.DateTimeField(allow_null=True)
    opened = serializers.BooleanField(help_text="Was one of its messages outside opened?")
    reference_id = serializers.IntegerField(allow_null=True, help_text="The row that it is about.")
    route = serializers.CharField(allow_null=True, help_text="The screen that it leads to.")
    created_at = serializers.DateTimeField()


class NotificationLogEntryOut(NotificationOut):
    """The same, for staff who look after a person."""

    audience_type = serializers.CharField(allow_null=True)
    target_user_id = serializers.CharField(allow_null=True, help_text="The subject of the person's tokens.")
    topic = serializers.CharField(allow_null=True)


class NotificationUpdateIn(serializers.Serializer[Any]):
    """Clients say what they mean in either way; both mean read, and nothing becomes unread."""

    is_read = serializers.BooleanField(required=False, allow_null=True)
    mark_all_read = serializers.BooleanField(required=False, allow_null=True)


class MarkedAllOut(serializers.Serializer[Any]):
    """How many became read."""

    ok = serializers.BooleanField()
    updated = serializers.IntegerField()


class MarkedOneOut(serializers.Serializer[Any]):
    """It is read."""

    ok = serializers.BooleanField()
    id = serializers.CharField()
    is_read = serializers.BooleanField()


class DoneOut(serializers.Serializer[Any]):
    """It is noted."""

    ok = serializers.BooleanField()


class PushToken(serializers.RegexField):
    """The token of a device as the push service gave it out."""

    default_error_messages = {"invalid": "A token is one word of printable ASCII."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^[\x21-\x7e]+\Z", max_length=1024, **kwargs)


class DeviceRegisterIn(serializers.Serializer[Any]):
    """A device that wants push messages."""

    token = PushToken()
    platform = serializers.ChoiceField(choices=Platform.choices)
    app_version = serializers.CharField(max_length=32, required=False, allow_null=True, allow_blank=True)
    locale = serializers.CharField(max_length=35, required=False, allow_null=True, allow_blank=True)
    user_id = serializers.CharField(
        max_length=255,
        required=False,
        allow_null=True,
        allow_blank=True,
        help_text="Not needed: a device belongs to whoever is signed in.",
    )


class DeviceUnregisterIn(QueryIn):
    """The device that wants none any more."""

    token = PushToken()
