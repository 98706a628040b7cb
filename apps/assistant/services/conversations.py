"""What is kept of a turn, step by step, whether or not the client still listens."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from apps.assistant import selectors
from apps.assistant.models import Conversation, Message, MessageRole
from apps.assistant.rules import pieces, texts
from apps.assistant.rules.pieces import Call, ChatMessage
from ghar import clock
from ghar.actors import Actor
from ghar.tools import Outcome

REMEMBERED = 50
"""Rows of a conversation that the next turn knows of."""


@dataclass(frozen=True)
class Begun:
    """A turn whose question is stored."""

    conversation_id: int
    history: list[ChatMessage]


@transaction.atomic
def begin_turn(*, actor: Actor, conversation_id: int | None, message: str) -> Begun:
    """Store what the actor says, in their conversation of that id or else in a new one."""
    now = clock.now()
    own = Conversation.objects.select_for_update().filter(user=actor.user, pk=conversation_id or 0)
    conversation = own.first() or Conversation.objects.create(user=actor.user, updated_at=now)
    rows = list(conversation.messages.order_by("-pk")[:REMEMBERED])[::-1]
    Message.objects.create(conversation=conversation, role=MessageRole.USER, content=message)
    conversation.title = conversation.title or texts.title_of(message)
    conversation.updated_at = now
    conversation.save(update_fields=["title", "updated_at"])
    return Begun(conversation.pk, _remembered(rows))


def _remembered(rows: list[Message]) -> list[ChatMessage]:
    """Rows as a model reads them. What a widget showed is in the tool's row already."""
    said: list[ChatMessage] = []
    for row in rows:
        if row.role == MessageRole.TOOL:
            call = Call(f"row-{row.pk}", row.tool_name or "", row.tool_args or {})
            said += [pieces.called(call), pieces.answered(call, row.tool_result or {})]
        elif row.role in (MessageRole.USER, MessageRole.ASSISTANT) and row.content:
            said.append({"role": row.role, "content": row.content})
    return said


@transaction.atomic
def system_keep_call(*, conversation_id: int, call: Call, outcome: Outcome) -> None:
    """Keep a tool's call and result, and what a widget shows of it. A conversation deleted meanwhile keeps nothing."""
    if not _touched(conversation_id):
        return
    Message.objects.create(
        conversation_id=conversation_id,
        role=MessageRole.TOOL,
        tool_name=call.tool[:100],
        tool_args=call.arguments,
        tool_result=outcome.data,
    )
    if outcome.widget is not None:
        Message.objects.create(
            conversation_id=conversation_id,
            role=MessageRole.WIDGET,
            tool_name=outcome.widget,
            tool_result=outcome.data,
        )


@transaction.atomic
def system_keep_answer(*, conversation_id: int, text: str) -> None:
    """Keep what the assistant said."""
    if _touched(conversation_id):
        Message.objects.create(conversation_id=conversation_id, role=MessageRole.ASSISTANT, content=text)


def _touched(conversation_id: int) -> bool:
    """Note a new message; False when the conversation is gone. Its row stays locked until the message is stored."""
    values: dict[str, Any] = {"updated_at": clock.now()}
    return Conversation.objects.filter(pk=conversation_id).update(**values) > 0


def delete_conversation(*, actor: Actor, conversation_id: int) -> None:
    """Forget a conversation of the actor. Raises ConversationNotFound."""
    selectors.get_conversation(actor, conversation_id).delete()
