from django.urls import path

from apps.assistant import consumers, views
from ghar.asgi.types import ASGIApp

streams: dict[str, ASGIApp] = {
    "/api/v1/agent/chat": consumers.ChatStream(),
    "/api/v1/agent/chat-public": consumers.GuestChatStream(),
}

urlpatterns = [
    path("api/v1/agent/chat", views.Chat.as_view()),
    path("api/v1/agent/chat-public", views.GuestChat.as_view()),
    path("api/v1/agent/conversations", views.Conversations.as_view()),
    path("api/v1/agent/conversations/<int:conversation_id>", views.OneConversation.as_view()),
    path("api/v1/agent/conversations/<int:conversation_id>/messages", views.Messages.as_view()),
    path("api/v1/agent/widgets/<str:widget_name>", views.OneWidget.as_view()),
]
