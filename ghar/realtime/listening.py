"""The two sockets that only tell: what happens to a person, and how far a job is.

A client brings its token in `?token=` or in a first frame `{"type": "auth", "token": ...}`, and may send a new one
in such a frame before the old one ends. Its `ping` is answered `pong`; all else it says is ignored.
"""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import orjson
from django.conf import settings

from ghar.api.access import Access
from ghar.asgi.together import until_first
from ghar.asgi.types import Scope
from ghar.auth.tokens import TokenInvalid
from ghar.errors import Invalid, NotFound
from ghar.realtime import entries
from ghar.realtime.callers import Caller, identify
from ghar.realtime.entries import Entry
from ghar.realtime.hub import Feed, hub
from ghar.realtime.sockets import Socket, Wire

SIGN_IN_S = 10.0
"""Seconds in which a client without a token in its address sends one."""
HEARTBEAT = {"type": "heartbeat"}
RESET = {"type": "reset"}

Render = Callable[[Entry], dict[str, Any]]


class JobUnknown(NotFound):
    """There is no such job, or it is somebody else's."""

    code = "JOB_NOT_FOUND"
    message = "There is no such job."


class _Listening:
    """One signed-in client of a socket that only tells."""

    def __init__(self, wire: Wire, caller: Caller, access: Access) -> None:
        self._wire = wire
        self._caller = caller
        self._access = access
        self._heard_at = time.monotonic()

    async def serve(self, feed: Feed, render: Render) -> None:
        """Tell until the client leaves. Raises TokenInvalid when its token has ended, and ReaderEnded."""
        await until_first(self._hear(), self._tell(feed, render))

    async def _hear(self) -> None:
        while True:
            text = await self._wire.frame()
            self._heard_at = time.monotonic()
            if text == "ping":
                await self._wire.send_text("pong")
            elif (token := _token_in(text)) is not None:
                await self._renew(token)

    async def _renew(self, token: str) -> None:
        renewed = await identify(token, self._access)
        if renewed.user_id != self._caller.user_id:
            raise TokenInvalid
        self._caller = renewed

    async def _tell(self, feed: Feed, render: Render) -> None:
        while (left := self._caller.seconds_left) > 0:
            batch = await feed.next(min(self._quiet_left(), left))
            if batch.gap:
                await self._wire.send(RESET)
            for entry in batch.entries:
                await self._wire.send(render(entry))
            if self._quiet_left() <= 0:
                self._heard_at = time.monotonic()
                await self._wire.send(HEARTBEAT)
        raise TokenInvalid

    def _quiet_left(self) -> float:
        return max(0.0, self._heard_at + settings.KEEP_ALIVE_S - time.monotonic())


class NotificationSocket(Socket):
    """`/ws/notifications`: every event of the signed-in person.

    Frames: `{"type": "connected", "message", "id"}` first, then `{"type": "notification", "id", "data": {"type":
    <event name>, ...}}`. With `?last_event_id=` what was missed comes first, and `{"type": "reset"}` before it
    when that may not be all.
    """

    access = Access.SIGNED_IN

    async def serve(self, wire: Wire, scope: Scope) -> None:
        """Tell one person."""
        query = query_of(scope)
        after = query.get("last_event_id") or None
        if after is not None and not entries.is_id(after):
            raise Invalid.field("last_event_id", "This is not the id of an event.", where="query")
        caller = await _signed_in(wire, query, self.access)
        async with hub.feed(entries.user_stream(caller.user_id), after=after) as (feed, _):
            await wire.send({"type": "connected", "message": "Connected to live updates.", "id": feed.place})
            await _Listening(wire, caller, self.access).serve(feed, _notification)


class JobSocket(Socket):
    """`/ws/jobs/{job_id}`: how far a job of the signed-in person is.

    Frames: `{"type": "job_update", "job_id", "data": {"status", "progress", "result", "error_message"}}`, one with
    the present state first.
    """

    access = Access.SIGNED_IN

    async def serve(self, wire: Wire, scope: Scope) -> None:
        """Tell the owner of a job. Raises JobUnknown."""
        job_id = scope["url_route"]["kwargs"]["job_id"]
        caller = await _signed_in(wire, query_of(scope), self.access)

        def render(entry: Entry) -> dict[str, Any]:
            return {"type": entry.name, "job_id": job_id, "data": orjson.Fragment(entry.data)}

        async with hub.feed(entries.job_stream(job_id)) as (feed, last):
            if last is None or last.owner != str(caller.user_id):
                raise JobUnknown
            await wire.send(render(last))
            await _Listening(wire, caller, self.access).serve(feed, render)


def _notification(entry: Entry) -> dict[str, Any]:
    return {"type": "notification", "id": entry.id, "data": {"type": entry.name, **entry.value()}}


def query_of(scope: Scope) -> dict[str, str]:
    """The last value of every parameter of the address."""
    found = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return {name: values[-1] for name, values in found.items()}


async def _signed_in(wire: Wire, query: dict[str, str], access: Access) -> Caller:
    """The holder of the token in the address or in the first frame."""
    token = query.get("token") or _token_in(await wire.frame_within(SIGN_IN_S))
    if token is None:
        raise TokenInvalid
    return await identify(token, access)


def _token_in(text: str | bytes) -> str | None:
    """The token in an `auth` frame; None in any other."""
    try:
        frame = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(frame, dict) or frame.get("type") != "auth" or not isinstance(frame.get("token"), str):
        return None
    return str(frame["token"])
