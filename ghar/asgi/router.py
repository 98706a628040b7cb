"""The one ASGI application: decides who answers, under any server.

WebSockets go to `websocket`, declared streaming paths to `streams`, everything below a prefix to
`mounts`, and all other HTTP to `http`, the bridge to Django's WSGI handler.
"""

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from ghar.asgi import replies, servers
from ghar.asgi.drain import Drain
from ghar.asgi.host import LifespanHost, mounted
from ghar.asgi.replies import Refuse
from ghar.asgi.types import ASGIApp, Message, Receive, Scope, Send
from ghar.errors import InternalError, Unavailable
from ghar.lifespan import Lifespan, LifespanFailed, Resource

logger = logging.getLogger(__name__)

# Close codes of our own: daphne sends none below 3000 but 1000.
UNKNOWN_SOCKET = 4404
INTERNAL_ERROR = 4500
GOING_AWAY = 4503


class Router:
    """Routes one scope to one application.

    `streams`: exact path -> application; they hear a disconnect when the process begins to end. A
    preflight (OPTIONS) goes to `http`, where the CORS rules are.
    `mounts`: path prefix -> application, which sees the whole path and whose own lifespan is run. `http` itself
    may stand there too, to have back a path below another mount.
    `websocket`: an application that answers every path (see `ghar.asgi.websockets.route`).
    `doubled_prefix`: a prefix that some clients send twice, taken off once.
    `grace`: seconds that requests in flight have once the process was asked to end.
    `refuse`: words what is answered when the process could not start.
    """

    def __init__(
        self,
        *,
        http: ASGIApp,
        streams: Mapping[str, ASGIApp] | None = None,
        mounts: Mapping[str, ASGIApp] | None = None,
        websocket: ASGIApp | None = None,
        lifespan: Lifespan | None = None,
        doubled_prefix: str = "",
        grace: float = 5.0,
        refuse: Refuse = replies.refuse,
    ) -> None:
        self._refuse = refuse
        self._http = http
        self._websocket = websocket or close_unknown
        self._streams = {form: app for path, app in (streams or {}).items() for form in _both_forms(path)}
        self._mounts = {path.rstrip("/"): app for path, app in (mounts or {}).items()}
        self._mount_starts = tuple(self._mounts)
        self._doubled = doubled_prefix
        self._drain = Drain(grace)
        own = {prefix: app for prefix, app in self._mounts.items() if app is not http}
        self._host = LifespanHost(_with_mounts(lifespan or Lifespan(), own))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._run_lifespan(receive, send)
            return
        task = self._drain.enter(socket=scope["type"] == "websocket")
        try:
            if self._host.running or await self._start_late(scope, send):
                await self._route(scope, receive, send)
        except asyncio.CancelledError:
            if not self._drain.over:
                raise
            servers.cut_connection(send)
        finally:
            self._drain.leave(task)

    async def _route(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._guard_socket(scope, receive, send)
            return
        path = scope["path"]
        if self._doubled and path.startswith(f"{self._doubled}{self._doubled}/"):
            scope = _shortened(scope, self._doubled)
            path = scope["path"]
        if path in self._streams and scope["method"] != "OPTIONS":
            await _guard(self._streams[path], scope, self._until_drained(scope, receive, send), send)
        elif path.startswith(self._mount_starts) and (prefix := self._mount_of(path)) is not None:
            await _guard(self._mounts[prefix], _at_root(scope, prefix), receive, send)
        else:
            await self._http(scope, receive, send)

    def _mount_of(self, path: str) -> str | None:
        """The longest mounted prefix of a path."""
        prefixes = [p for p in self._mounts if path == p or path.startswith(f"{p}/")]
        return max(prefixes, key=len, default=None)

    async def _guard_socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._websocket(scope, self._until_drained(scope, receive, send), send)
        except Exception:
            logger.exception("unhandled in a websocket: %s", scope["path"])
            await send({"type": "websocket.close", "code": INTERNAL_ERROR})

    def _until_drained(self, scope: Scope, receive: Receive, send: Send) -> Receive:
        """A `receive` that reports a disconnect when the process begins to end."""

        async def receive_until_drained() -> Message:
            if not self._drain.begun:
                waiting = asyncio.ensure_future(receive())
                self._drain.listen(waiting.cancel)
                try:
                    return await waiting
                except asyncio.CancelledError:
                    if not self._drain.begun or _is_cancelled():
                        raise
                finally:
                    self._drain.forget(waiting.cancel)
            if scope["type"] == "http":
                return {"type": "http.disconnect"}
            with contextlib.suppress(OSError):  # how a server says that the client left a moment before
                await send({"type": "websocket.close", "code": GOING_AWAY})
            return {"type": "websocket.disconnect", "code": GOING_AWAY}

        return receive_until_drained

    async def _run_lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            await self._start()
        except LifespanFailed as failure:
            await send({"type": "lifespan.startup.failed", "message": str(failure)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._host.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _start_late(self, scope: Scope, send: Send) -> bool:
        """Start on the first request, under a server that has no lifespan (daphne)."""
        try:
            await self._start()
        except LifespanFailed:
            if scope["type"] == "http":
                failed = Unavailable("The server could not start. Please retry.")
                await replies.send_whole(send, self._refuse(scope, failed))
            else:
                await send({"type": "websocket.close", "code": INTERNAL_ERROR})
            return False
        return True

    async def _start(self) -> None:
        if self._host.begin():
            self._drain.watch()
            if (reactor := servers.twisted_reactor()) is not None:
                servers.before_twisted_stops(reactor, lambda: asyncio.ensure_future(self._host.stop()))
        await self._host.opened()


async def close_unknown(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a WebSocket on a path nobody serves: accepted and closed, so that the client reads the code."""
    await receive()
    offered = scope.get("subprotocols") or [None]
    await send({"type": "websocket.accept", "subprotocol": offered[0]})
    await send({"type": "websocket.close", "code": UNKNOWN_SOCKET, "reason": "unknown path"})


async def _guard(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Run an application whose failure must not reach the server: daphne's housekeeping would die of it.

    A stream may simply return when it hears of a disconnect; its response is completed here.
    """
    started = complete = False

    async def noting_send(message: Message) -> None:
        nonlocal started, complete
        started = True
        complete = message["type"] == "http.response.body" and not message.get("more_body", False)
        await send(message)

    noting_send.server_send = send  # type: ignore[attr-defined]  # for `servers`, which look behind it
    try:
        await app(scope, receive, noting_send)
    except Exception:
        logger.exception("unhandled in a mounted application: %s", scope["path"])
        if started:
            servers.cut_connection(send)
        else:
            await replies.send_whole(send, replies.refusal(InternalError()))
    else:
        if started and not complete:
            await send(replies.body(b""))


def _both_forms(path: str) -> tuple[str, str]:
    bare = path.rstrip("/")
    return bare, f"{bare}/"


def _with_mounts(lifespan: Lifespan, mounts: Mapping[str, ASGIApp]) -> Lifespan:
    apps = {id(app): (prefix, app) for prefix, app in mounts.items()}
    own = [Resource(f"mount {prefix}", partial(mounted, app)) for prefix, app in apps.values()]
    return Lifespan([*lifespan.resources, *own])


def _shortened(scope: Scope, prefix: str) -> Scope:
    raw = scope.get("raw_path")
    shorter: dict[str, Any] = {**scope, "path": scope["path"].removeprefix(prefix)}
    if raw:
        shorter["raw_path"] = raw.removeprefix(prefix.encode())
    return shorter


def _at_root(scope: Scope, prefix: str) -> Scope:
    """A mounted application's own root without the trailing slash, which it would answer by a redirect."""
    if scope["path"] != f"{prefix}/":
        return scope
    return {**scope, "path": prefix, "raw_path": prefix.encode()}


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
