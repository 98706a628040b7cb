"""One topic that a client has joined: it is told what happens there until it leaves or its token ends."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import structlog
from django.conf import settings

from ghar.api import failures
from ghar.auth.tokens import TokenInvalid
from ghar.db.threads import in_database
from ghar.errors import DomainError, InternalError, NotAllowed, Unavailable
from ghar.realtime import entries, rooms, topics
from ghar.realtime.callers import Caller, identify
from ghar.realtime.entries import Entry
from ghar.realtime.hub import Feed, hub
from ghar.realtime.phoenix.frames import Frame
from ghar.realtime.rooms import Room

log = structlog.get_logger(__name__)

CLOSED = "phx_close"
"""The client may not stay."""
AGAIN = "phx_error"
"""Something may have been missed: the client joins again, and fetches what it shows."""


class OnlyListening(NotAllowed):
    """Something that clients may not say here."""

    code = "ONLY_LISTENING"
    message = "This topic is for listening."


Push = Callable[[Frame], Awaitable[None]]


class Channel:
    """A membership, from `phx_join` on. `run` is its task."""

    def __init__(self, joining: Frame, push: Push) -> None:
        self._joining = joining
        self._push = push
        self._caller: Caller | None = None
        self._room: Room | None = None

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

    async def hear(self, frame: Frame) -> None:
        """Something that the client says to others in the room: presence, or that it types."""
        try:
            await self._act(frame.event, frame.payload)
        except DomainError as refused:
            await self._push(frame.reply("error", {"reason": f"{refused.code}: {refused.message}"}))
        else:
            await self._push(frame.reply("ok", {}))

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
        stream = await in_database(topic.stream_for, caller, person)
        own = (entries.user_stream(caller.user_id),) if topic.is_room else ()
        async with hub.feed(stream, until_ended=own) as (feed, _):
            self._room = hub.room(stream, caller.user_id) if topic.is_room else None
            await self._push(self._joining.reply("ok", {"postgres_changes": []}))
            self._caller = caller
            try:
                if _asks_for(self._joining.payload, "presence", "enabled"):
                    await self.say("presence_state", await self._room.present() if self._room else {})
                return await self._tell(feed, caller)
            finally:
                await self._leave()

    async def _tell(self, feed: Feed, caller: Caller) -> str:
        while (left := (self._caller or caller).seconds_left) > 0:
            if self._room is not None:
                await self._room.renew()
            batch = await feed.next(min(settings.KEEP_ALIVE_S, left))
            if batch.gap:
                return AGAIN
            for entry in batch.entries:
                await self._pass_on(entry)
        return CLOSED

    async def _pass_on(self, entry: Entry) -> None:
        """An event of the topic. What a client itself said to the room comes back only where it asks for that."""
        if entry.name == rooms.PRESENCE:
            await self.say(rooms.PRESENCE, entry.value())
        elif not self._is_own(entry) or _asks_for(self._joining.payload, "broadcast", "self"):
            await self.say("broadcast", _broadcast(entry))

    def _is_own(self, entry: Entry) -> bool:
        return self._room is not None and entry.owner == self._room.member.ref

    async def _act(self, event: str, payload: dict[str, Any]) -> None:
        """Raises OnlyListening and TooTalkative."""
        said, told = payload.get("event"), payload.get("payload")
        if self._room is None:
            raise OnlyListening
        if (event, said) == ("presence", "track"):
            await self._room.enter()
        elif (event, said) == ("presence", "untrack"):
            await self._room.leave()
        elif (event, said) == ("broadcast", rooms.TYPING):
            await self._room.type(is_typing=not isinstance(told, dict) or told.get("is_typing") is not False)
        else:
            raise OnlyListening

    async def _leave(self) -> None:
        """The others are told, also when the process ends or the task was cancelled."""
        if self._room is not None:
            await asyncio.shield(self._room.leave())

    async def _fail(self, failure: Exception) -> None:
        error = failures.understood(failure, endpoint=self._joining.topic)
        if error is None:
            log.error("a realtime channel failed", topic=self._joining.topic, exc_info=failure)
            error = InternalError()
        if self._caller is None:
            await self._push(self._joining.reply("error", {"reason": f"{error.code}: {error.message}"}))
        else:
            await self.say(CLOSED)


def _asks_for(payload: dict[str, Any], part: str, name: str) -> bool:
    """Is this set in the configuration that a client joins with?"""
    config = payload.get("config")
    chosen = config.get(part) if isinstance(config, dict) else None
    return isinstance(chosen, dict) and chosen.get(name) is True


def _broadcast(entry: Entry) -> dict[str, Any]:
    """The message that clients unwrap: `payload.payload.data`."""
    message = {"type": entry.name, "data": orjson.Fragment(entry.data), "sent_at": entry.sent_at}
    return {"type": "broadcast", "event": entry.name, "payload": message}
