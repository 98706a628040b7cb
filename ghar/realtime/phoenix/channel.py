"""One topic that a client has joined: it is told what happens there until it leaves or its token ends."""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import structlog
from django.conf import settings

from ghar.api import failures
from ghar.auth.tokens import TokenInvalid
from ghar.errors import InternalError, Unavailable
from ghar.realtime import topics
from ghar.realtime.callers import Caller, identify
from ghar.realtime.entries import Entry
from ghar.realtime.hub import Feed, hub
from ghar.realtime.phoenix.frames import Frame

log = structlog.get_logger(__name__)

CLOSED = "phx_close"
"""The client may not stay."""
AGAIN = "phx_error"
"""Something may have been missed: the client joins again, and fetches what it shows."""

Push = Callable[[Frame], Awaitable[None]]


class Channel:
    """A membership, from `phx_join` on. `run` is its task."""

    def __init__(self, joining: Frame, push: Push) -> None:
        self._joining = joining
        self._push = push
        self._caller: Caller | None = None

    async def run(self) -> None:
        """Join and tell. The client hears of every end that it did not ask for."""
        try:
            end = await self._join()
        except Exception as failure:  # noqa: BLE001 -- told the client; a bug is logged
            await self._fail(failure)
        else:
            await self.say(end)

    async def renew(self, token: str) -> None:
        """Go on with a newer token. Raises NotSignedIn for a bad one or one of somebody else."""
        if self._caller is None:
            return
        topic, _ = topics.find(self._joining.topic)
        try:
            renewed = await identify(token, topic.access)
        except Unavailable as fault:
            log.info("a token could not be renewed now; the old one stays", code=fault.code)
            return
        if renewed.user_id != self._caller.user_id:
            raise TokenInvalid
        self._caller = renewed

    async def say(self, event: str, payload: dict[str, Any] | None = None) -> None:
        """Push an event of this membership."""
        await self._push(Frame(self._joining.join_ref, None, self._joining.topic, event, payload or {}))

    async def _join(self) -> str:
        """Everything, up to the event that says how it ended."""
        topic, person = topics.find(self._joining.topic)
        token = self._joining.payload.get("access_token")
        if not isinstance(token, str):
            raise TokenInvalid
        caller = await identify(token, topic.access)
        async with hub.feed(topic.stream_for(caller, person)) as (feed, _):
            await self._push(self._joining.reply("ok", {"postgres_changes": []}))
            self._caller = caller
            if _wants_presence(self._joining.payload):
                await self.say("presence_state")
            return await self._tell(feed, caller)

    async def _tell(self, feed: Feed, caller: Caller) -> str:
        while (left := (self._caller or caller).seconds_left) > 0:
            batch = await feed.next(min(settings.KEEP_ALIVE_S, left))
            if batch.gap:
                return AGAIN
            for entry in batch.entries:
                await self.say("broadcast", _broadcast(entry))
        return CLOSED

    async def _fail(self, failure: Exception) -> None:
        error = failures.understood(failure, endpoint=self._joining.topic)
        if error is None:
            log.error("a realtime channel failed", topic=self._joining.topic, exc_info=failure)
            error = InternalError()
        if self._caller is None:
            await self._push(self._joining.reply("error", {"reason": f"{error.code}: {error.message}"}))
        else:
            await self.say(CLOSED)


def _wants_presence(payload: dict[str, Any]) -> bool:
    """Nobody's presence is shown here; a client that asks is given an empty list of people."""
    config = payload.get("config")
    presence = config.get("presence") if isinstance(config, dict) else None
    return isinstance(presence, dict) and presence.get("enabled") is True


def _broadcast(entry: Entry) -> dict[str, Any]:
    """The message that clients unwrap: `payload.payload.data`."""
    message = {"type": entry.name, "data": orjson.Fragment(entry.data), "sent_at": entry.sent_at}
    return {"type": "broadcast", "event": entry.name, "payload": message}
