"""The shapes of notifications on the wire."""

import re
from typing import Any

from rest_framework import serializers

from apps.notifications.models import Platform
from ghar.actors import Role
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
    """The token of a device as the push service gave it out, or the subscription of a browser."""

    default_error_messages = {"invalid": "A token is one word of printable ASCII."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^[\x21-\x7e]+\Z", max_length=1024, **kwargs)


class DeviceRegisterIn(serializers.Serializer[Any]):
    """A device that wants push messages."""

    token = PushToken(help_text="The push service's token; of a browser, `JSON.stringify(subscription)`.")
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


class WebPushKeyOut(serializers.Serializer[Any]):
    """What a browser subscribes with."""

    public_key = serializers.CharField(help_text="For `applicationServerKey`, in base64url.")


class DeviceUnregisterIn(QueryIn):
    """The device that wants none any more."""

    token = PushToken()


_RESERVED = re.compile(r"from\Z|message_type\Z|google|gcm")
_MOST_DATA_BYTES = 2048


class Texts(serializers.DictField):
    """Texts by name, for an app: names of ASCII, none that the push service keeps for itself, 2 KiB at most."""

    default_error_messages = {
        "name": "{name} is no name: 64 letters, digits, dots, dashes and underscores at most, a letter or _ first.",
        "reserved": "{name} is kept by the push service for itself.",
        "too_large": f"Larger than {_MOST_DATA_BYTES // 1024} KiB.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=serializers.CharField(allow_blank=True, trim_whitespace=False), **kwargs)

    def to_internal_value(self, data: Any) -> dict[str, str]:
        """The texts themselves."""
        if isinstance(data, dict):
            for name in data:
                self._check_name(str(name))
        texts: dict[str, str] = super().to_internal_value(data)
        if sum(len(name) + len(text.encode()) for name, text in texts.items()) > _MOST_DATA_BYTES:
            self.fail("too_large")
        return texts

    def _check_name(self, name: str) -> None:
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}", name):
            self.fail("name", name=repr(name[:70]))
        if _RESERVED.match(name):
            self.fail("reserved", name=name)


class TextIn(serializers.Serializer[Any]):
    """The words of a message."""

    title = serializers.CharField(max_length=200)
    body = serializers.CharField(max_length=4000)
    data = Texts(required=False, allow_null=True)  # type: ignore[assignment]  # fields are no attributes of the class
    deep_link = serializers.CharField(max_length=300, required=False, allow_null=True, allow_blank=True)


class SendToTokenIn(TextIn):
    """A message to one device."""

    token = PushToken()
    image = serializers.URLField(max_length=500, required=False, allow_null=True, allow_blank=True)


class SendBulkIn(TextIn):
    """A message to several devices."""

    tokens = serializers.ListField(child=PushToken(), min_length=1, max_length=500)


class SendToUserIn(TextIn):
    """A message to one person's devices."""

    user_id = serializers.CharField(max_length=255, help_text="The subject of the person's tokens.")


class SendToTopicIn(TextIn):
    """A message to whoever subscribed to a topic."""

    topic = serializers.RegexField(
        r"^[A-Za-z0-9_.~%-]+\Z",
        max_length=200,
        error_messages={
            "invalid": "A topic is one word of letters, digits, dots, dashes, underscores, tildes and percent signs."
        },
    )


class TypedUserNotificationIn(TextIn):
    """A notice of a type to one person."""

    user_id = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    type_key = serializers.CharField(max_length=64)


class SaidOut(serializers.Serializer[Any]):
    """A message is on its way, or `error` says why none is."""

    ok = serializers.BooleanField()
    sent = serializers.IntegerField(help_text="Deliveries that were written down.")
    requested = serializers.IntegerField(help_text="Addresses that were asked for.")
    notification_id = serializers.CharField(allow_null=True)
    delivery_ids = serializers.ListField(child=serializers.CharField())
    error = serializers.CharField(allow_null=True)
    skipped = serializers.CharField(
        allow_null=True, help_text="`inactive` for who is suspended, `retired` for devices."
    )


class ChannelOut(serializers.Serializer[Any]):
    """One channel of a notice."""

    ok = serializers.BooleanField()
    delivery_ids = serializers.ListField(child=serializers.CharField())
    error = serializers.CharField(required=False)


class DispatchOut(serializers.Serializer[Any]):
    """What became of a notice of a type."""

    type_key = serializers.CharField()
    title = serializers.CharField()
    body = serializers.CharField()
    sent_at = serializers.DateTimeField()
    notification_id = serializers.CharField(allow_null=True)
    channels = serializers.DictField(child=ChannelOut())
    error = serializers.CharField(
        allow_null=True, help_text="`user_not_found`, or `held_back` for who is over the cap of the type."
    )


class MarketingNotificationIn(TextIn):
    """Something to interest everybody in."""

    type_key = serializers.CharField(max_length=64, help_text="A type of the category marketing.")
    preview = serializers.BooleanField(default=False, help_text="Only count whom it would be for.")


class SegmentFilterIn(serializers.Serializer[Any]):
    """Some people; null stands for any."""

    role = serializers.ChoiceField(
        choices=[(role.value, role.value.title()) for role in Role], required=False, allow_null=True
    )
    agent_id = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=2**63 - 1)
    is_active = serializers.BooleanField(required=False, allow_null=True, default=True)


class MarketingSegmentRequestIn(MarketingNotificationIn):
    """Something to interest some people in."""

    filter = SegmentFilterIn()


class CampaignSummaryOut(serializers.Serializer[Any]):
    """How many people it is for, and how many were told so far."""

    requested = serializers.IntegerField()
    succeeded = serializers.IntegerField(help_text="People who have it in their list.")
    details = serializers.ListField(child=serializers.DictField(), help_text="Always empty: see the deliveries.")


class CampaignStartedOut(serializers.Serializer[Any]):
    """A campaign has begun; it is told in the background."""

    campaign_id = serializers.CharField(allow_null=True, help_text="Null for a preview.")
    status = serializers.CharField()
    requested = serializers.IntegerField()
    processed = serializers.IntegerField()
    summary = CampaignSummaryOut()


class CampaignOut(serializers.Serializer[Any]):
    """A campaign, and how far it is."""

    id = serializers.CharField()
    audience = serializers.CharField()
    topic = serializers.CharField(allow_null=True)
    segment = serializers.DictField()
    type_key = serializers.CharField()
    title = serializers.CharField()
    body = serializers.CharField()
    data = serializers.DictField()  # type: ignore[assignment]
    route = serializers.CharField(allow_null=True)
    sent_by = serializers.IntegerField(allow_null=True)
    status = serializers.CharField(help_text="`running`, `stopped` or `done`.")
    requested = serializers.IntegerField()
    processed = serializers.IntegerField()
    told = serializers.IntegerField(help_text="People who have it in their list.")
    held_back = serializers.IntegerField(help_text="People over the cap of the type, or suspended.")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class CampaignProgressOut(CampaignOut):
    """The same with what became of its messages."""

    deliveries = serializers.DictField(child=serializers.IntegerField(), help_text="How many in each status.")
