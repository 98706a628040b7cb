"""WebSocket routes, with a clean answer for a path that none of them serves."""

from collections.abc import Iterable
from typing import Any, cast

from channels.routing import URLRouter
from django.urls import URLPattern, path, re_path

from ghar.asgi.router import close_unknown
from ghar.asgi.types import ASGIApp


def route(routes: Iterable[Any]) -> ASGIApp:
    """An application over Channels routes (`path("ws/...", Consumer.as_asgi())`).

    Any other path is closed with code 4404. Wrap it in authentication where the routes need one.
    """
    unknown: Any = close_unknown
    return cast("ASGIApp", URLRouter([*routes, re_path("", unknown)]))


def at(address: str, app: ASGIApp) -> URLPattern:
    """A route for a plain ASGI application."""
    view: Any = app
    return path(address, view)
