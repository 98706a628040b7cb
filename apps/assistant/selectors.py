"""Reads of conversations: everybody sees their own."""

from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.assistant.models import SHOWN, Conversation, Message
from ghar import dossiers, widgets
from ghar.actors import Actor
from ghar.db.json_rows import Pick, Shape
from ghar.db.keyset import Key, Order, whole_number
from ghar.db.listing import Listing
from ghar.errors import NotFound
from ghar.widgets import Widget

MOST_MESSAGES = 500
_SUMMARY = Shape(
    source="ai_conversations c WHERE c.id = page.id",
    keys={
        **{name: f"c.{name}" for name in ("id", "title", "created_at", "updated_at")},
        "message_count": (
            "(SELECT count(*) FROM ai_conversation_messages m WHERE m.conversation_id = c.id AND m.role <> 'tool')"
        ),
    },
)
_LATEST = Order(
    "latest_conversations",
    (
        Key("updated_at", "ai_conversations.updated_at", datetime.fromisoformat),
        Key("id", "ai_conversations.id", whole_number),
    ),
    descending=True,
)


class ConversationNotFound(NotFound):
    """There is no such conversation of this person."""

    code = "CONVERSATION_NOT_FOUND"
    message = "Conversation not found"


class WidgetNotFound(NotFound):
    """There is no such widget, or not yet."""

    code = "WIDGET_NOT_FOUND"
    message = "Widget not found"


def list_conversations(actor: Actor) -> Listing:
    """The actor's conversations, the latest first."""
    pick = Pick("ai_conversations").where("ai_conversations.user_id = %(owner)s", owner=actor.id)
    return Listing(pick, _SUMMARY, _LATEST)


def get_conversation(actor: Actor, conversation_id: int) -> Conversation:
    """One of the actor's. Raises ConversationNotFound."""
    found = Conversation.objects.filter(pk=conversation_id, user=actor.user).first()
    if found is None:
        raise ConversationNotFound
    return found


def counted(rows: "QuerySet[Conversation]") -> "QuerySet[Conversation]":
    """The same rows, each with the number of its shown messages (`message_count`), which only those of a page cost."""
    shown = Message.objects.filter(conversation=OuterRef("pk"), role__in=SHOWN).order_by()
    return rows.annotate(message_count=Coalesce(Subquery(shown.values("conversation").values(n=Count("pk"))), 0))


def list_messages(actor: Actor, conversation_id: int, limit: int) -> list[Message]:
    """The latest `limit` messages that clients show, oldest first. Raises ConversationNotFound."""
    rows = get_conversation(actor, conversation_id).messages.filter(role__in=SHOWN).order_by("-pk")
    return list(rows[: max(1, min(limit, MOST_MESSAGES))])[::-1]


@dossiers.section("conversations", private=True)
def list_messages_of(user: Any, most: int) -> dossiers.Rows:
    """What a person and the assistant said to each other."""
    said = Message.objects.filter(conversation__user=user).order_by("-pk")
    return list(said.values("conversation_id", "role", "content", "created_at")[:most])


def get_widget(name: str) -> Widget:
    """A view that shows what a tool answered; it is for everybody. Raises WidgetNotFound."""
    widget = widgets.find(name)
    if widget is None:
        raise WidgetNotFound
    return widget
