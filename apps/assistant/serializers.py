"""Shapes of the assistant on the wire."""

from typing import Any

from rest_framework import serializers

from apps.assistant.models import Message, MessageRole
from ghar.api.parsing import QueryIn

LONGEST_MESSAGE = 4000
_BIGGEST_ID = 2**63 - 1


class GuestChatIn(serializers.Serializer[Any]):
    """What somebody says."""

    message = serializers.CharField(max_length=LONGEST_MESSAGE)


class ChatIn(GuestChatIn):
    """The same in a conversation; one that is unknown or somebody else's means a new one."""

    conversation_id = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=-_BIGGEST_ID, max_value=_BIGGEST_ID
    )


class ConversationOut(serializers.Serializer[Any]):
    """A conversation in a list."""

    id = serializers.IntegerField()
    title = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    message_count = serializers.IntegerField()


class MessagesIn(QueryIn):
    """How many of the latest messages."""

    limit = serializers.IntegerField(required=False, default=100, min_value=1, max_value=2**31 - 1)


class MessageOut(serializers.ModelSerializer[Message]):
    """One message. Widgets carry their name and what they show."""

    widget_name = serializers.SerializerMethodField()
    widget_data = serializers.SerializerMethodField()

    class Meta:
        model = Message
        fields = [
            "id", "role", "content", "tool_name", "tool_args", "tool_result", "widget_name", "widget_data",
            "created_at",
        ]  # fmt: skip

    def get_widget_name(self, message: Message) -> str | None:
        """Of a widget's row."""
        return message.tool_name if message.role == MessageRole.WIDGET else None

    def get_widget_data(self, message: Message) -> dict[str, Any] | None:
        """Of a widget's row."""
        shown: dict[str, Any] | None = message.tool_result if message.role == MessageRole.WIDGET else None
        return shown
