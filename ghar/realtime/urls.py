"""Where live updates are had. Existing clients know some of it by older addresses."""

from django.urls import path

from ghar.asgi import websockets
from ghar.asgi.types import ASGIApp
from ghar.realtime.listening import JobSocket, NotificationSocket
from ghar.realtime.phoenix.socket import PhoenixSocket
from ghar.realtime.sse import EventStream
from ghar.realtime.views import Broadcast

_events = EventStream()
_notifications = NotificationSocket()

streams: dict[str, ASGIApp] = {
    "/api/v1/events": _events,
    "/api/v1/notifications/sse": _events,
    "/api/v1/flatmates/sse": _events,
}

sockets = [
    websockets.at("ws/notifications", _notifications),
    websockets.at("ws/user", _notifications),
    websockets.at("ws/jobs/<str:job_id>", JobSocket()),
    websockets.at("realtime/v1/websocket", PhoenixSocket()),
]

urlpatterns = [
    path("realtime/v1/api/broadcast/<str:topic>/events/<str:event>", Broadcast.as_view()),
]
