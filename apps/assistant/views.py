"""The assistant over REST. Behind the ASGI application the two chats are answered by `consumers`, as a stream; a
worker that speaks WSGI alone answers them here, whole."""

from typing import Any

from asgiref.sync import async_to_sync, sync_to_async
from csp.constants import HEADER
from django.http import HttpResponse
from rest_framework.request import Request

from apps.assistant import selectors, serializers
from apps.assistant.services import chat, conversations
from ghar.actors import ANONYMOUS, Actor
from ghar.api.access import Access
from ghar.api.pages import PageIn
from ghar.api.views import View, operation
from ghar.db.listing import Listing

Values = dict[str, Any]
OWN: Any = {"access": Access.SIGNED_IN, "tags": ["ai-agent"]}


async def _whole(actor: Actor, body: Values) -> bytes:
    turn = chat.converse(
        actor=actor,
        message=body["message"],
        conversation_id=body.get("conversation_id"),
        run=lambda work, *args, **named: sync_to_async(work)(*args, **named),
    )
    return b"".join([frame.encoded async for frame in turn])


def _answered(actor: Actor, body: Values) -> HttpResponse:
    frames = async_to_sync(_whole)(actor, body)
    return HttpResponse(frames, content_type="text/event-stream; charset=utf-8", headers={"Cache-Control": "no-cache"})


class Chat(View):
    @operation("chat", **OWN, limit=chat.SIGNED_IN_LIMIT, body=serializers.ChatIn, answer=None)
    def post(self, request: Request, body: Values) -> HttpResponse:
        """Say something to the assistant; the answer is a stream of events."""
        return _answered(self.actor, body)


class GuestChat(View):
    @operation(
        "chat_public",
        access=Access.PUBLIC,
        tags=["ai-agent"],
        limit=chat.GUEST_LIMIT,
        body=serializers.GuestChatIn,
        answer=None,
    )
    def post(self, request: Request, body: Values) -> HttpResponse:
        """The same without signing in; nothing is kept."""
        return _answered(ANONYMOUS, body)


class Conversations(View):
    @operation("list_conversations", **OWN, query=PageIn, answer=serializers.ConversationOut, page=True)
    def get(self, request: Request, query: Values) -> Listing:
        """The caller's conversations, the latest first."""
        return selectors.list_conversations(self.actor)


class Messages(View):
    @operation("list_messages", **OWN, query=serializers.MessagesIn, answer=serializers.MessageOut(many=True))
    def get(self, request: Request, conversation_id: int, query: Values) -> Any:
        """The latest messages of a conversation, oldest first."""
        rows = selectors.list_messages(self.actor, conversation_id, query["limit"])
        return serializers.MessageOut(rows, many=True).data


class OneConversation(View):
    @operation("delete_conversation", **OWN, answer=None, status=204)
    def delete(self, request: Request, conversation_id: int) -> None:
        """Forget a conversation."""
        conversations.delete_conversation(actor=self.actor, conversation_id=conversation_id)


class OneWidget(View):
    @operation("get_widget", access=Access.PUBLIC, tags=["ai-agent"], answer=None, refusals=(selectors.WidgetNotFound,))
    def get(self, request: Request, widget_name: str) -> HttpResponse:
        """A view that shows what a tool answered: a whole HTML page, to stand in a frame of a client."""
        widget = selectors.get_widget(widget_name)
        response = HttpResponse(
            widget.html.encode(),
            content_type="text/html; charset=utf-8",
            headers={"Cache-Control": "public, max-age=3600", HEADER: widget.policy},
        )
        response.xframe_options_exempt = True  # the policy says whose frames
        return response
