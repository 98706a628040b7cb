"""The one ASGI application: REST, admin and pages through the bridge, streams, sockets and mounts beside it.

An area adds to it in its `urls`: `streams` maps an exact path to a `ghar.api.streams.Stream`, `sockets` lists
Channels routes (`websockets.at("ws/...", socket)` with a `ghar.realtime.sockets.Socket`), and `larger_bodies` maps the
exact path of an operation to the bytes that its body may have.
"""

from config.wsgi import application as wsgi_application  # isort: skip -- sets Django up, first of all

from django.conf import settings

from config import areas
from ghar.api import edge
from ghar.asgi import spared, turns, websockets
from ghar.asgi.bridge import WsgiBridge
from ghar.asgi.router import Router
from ghar.asgi.types import ASGIApp
from ghar.db import threads
from ghar.lifespan import Lifespan, Resource
from ghar.mcp import edge as mcp_edge
from ghar.mcp import service
from ghar.realtime import urls as realtime
from ghar.realtime.hub import hub

_urls = [realtime, *areas.modules("urls")]
streams: dict[str, ASGIApp] = {path: app for urls in _urls for path, app in getattr(urls, "streams", {}).items()}
larger_bodies: dict[str, int] = {
    path: most for urls in _urls for path, most in getattr(urls, "larger_bodies", {}).items()
}
sockets = [route for urls in _urls for route in getattr(urls, "sockets", [])]

_bridge = WsgiBridge(
    wsgi_application,
    threads=settings.WEB_THREADS,
    queue=settings.WEB_QUEUE,
    body_limit=settings.MAX_BODY_BYTES,
    larger_bodies=larger_bodies,
    refuse=edge.refuse,
)
_mounts: dict[str, ASGIApp] = {one.path: mcp_edge.mount(one) for one in service.SERVICES}
_mounts["/mcp/oauth"] = _bridge  # the pages and operations of the oauth area

application = Router(
    http=_bridge,
    streams=streams,
    mounts=_mounts,
    websocket=websockets.route(sockets),
    lifespan=Lifespan(
        [
            Resource("turns of threads", turns.uninterrupted),
            Resource("web threads", _bridge.threads),
            Resource("database threads", threads.running),
            Resource("realtime", hub.running),
            Resource("objects of the start", spared.objects),
        ]
    ),
    doubled_prefix="/api/v1",
    refuse=edge.refuse,
)
