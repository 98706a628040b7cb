"""Conversations with the assistant, kept with every step of every turn."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from ghar.models import choices_check


class MessageRole(models.TextChoices):
    """Who speaks. Clients are shown the first three; `tool` rows are the assistant's memory of what it did."""

    USER = "user", "User"
    ASSISTANT = "assistant", "Assistant"
    WIDGET = "widget", "Widget"
    TOOL = "tool", "Tool"


SHOWN = (MessageRole.USER, MessageRole.ASSISTANT, MessageRole.WIDGET)


class Conversation(models.Model):
    """A person's talk with the assistant. `updated_at` is the time of its latest message."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="ai_conversations")
    title = models.CharField(max_length=200, null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "ai_conversations"
        indexes = [models.Index(fields=["user", "-updated_at", "-id"], name="ai_conversations_latest")]

    def __str__(self) -> str:
        """Without the title, which quotes the person: this is shown to staff."""
        return f"Conversation {self.pk}"


class Message(models.Model):
    """One row of a conversation, in the order of ids. For a widget `tool_name` is the widget's and `tool_result` what
    it shows."""

    conversation = models.ForeignKey("assistant.Conversation", on_delete=models.CASCADE, related_name="messages")
    role = models.CharField(max_length=20, choices=MessageRole)
    content = models.TextField(null=True, blank=True)
    tool_name = models.CharField(max_length=100, null=True, blank=True)
    tool_args = models.JSONField(null=True, blank=True)
    tool_result = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "ai_conversation_messages"
        constraints = [choices_check("role", MessageRole, name="ai_messages_role_known")]
        indexes = [models.Index(fields=["conversation", "-id"], name="ai_messages_latest")]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"
