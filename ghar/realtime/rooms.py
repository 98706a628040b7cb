"""Who is in a room, and who is typing there: told to its members through the room's stream, and kept nowhere else.

Presence lies in a Redis hash beside the stream, one field for each connection that shows itself, with the moment until
which it counts. A connection renews its own, and whoever renews takes those out that nobody renewed: people whose
process died leave as well. To leave twice does no harm, since clients know each connection by its reference.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import orjson
import structlog
from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.exceptions import RedisError

from ghar import clock
from ghar.errors import TooMany, Unavailable
from ghar.realtime import entries, names, publish

log = structlog.get_logger(__name__)

PRESENCE = "presence_diff"
"""What members are told when somebody comes or goes."""
TYPING = names.declare("typing", "Somebody in the same room types, or has stopped: `user_id`, `is_typing`.")

RENEW_S = 20.0
GONE_S = 60.0
"""Seconds after which a connection that was not renewed counts no longer."""
PAUSE_S = 0.25
"""Seconds between two things that a client says to the others."""


class TooTalkative(TooMany):
    """A client that says something several times a second."""

    message = "Say this less often."


@dataclass(frozen=True, slots=True)
class Member:
    """One connection of a person."""

    ref: str
    user_id: int
    online_at: str

    @classmethod
    def of(cls, user_id: int) -> "Member":
        """A connection that begins now."""
        return cls(uuid4().hex, user_id, clock.now().isoformat())

    @property
    def shown(self) -> dict[str, Any]:
        """As Phoenix presence shows it: under the person, one entry a connection."""
        meta = {"phx_ref": self.ref, "user_id": self.user_id, "online_at": self.online_at}
        return {str(self.user_id): {"metas": [meta]}}


class Room:
    """One connection's part in a room."""

    def __init__(self, redis: Redis, stream: str, member: Member) -> None:
        self._redis = redis
        self._stream = stream
        self._key = entries.key(f"{stream}:present")
        self._is_shown = False
        self._renew_at = 0.0
        self._say_at = self._enter_at = 0.0
        self.member = member

    async def present(self) -> dict[str, Any]:
        """Everybody who is here, as Phoenix presence shows them. Raises Unavailable."""
        try:
            return _shown(member for member, until in await self._members() if until > time.time())
        except RedisError as fault:
            raise Unavailable from fault

    async def enter(self) -> None:
        """Be shown to the others; once more changes nothing. Raises TooTalkative."""
        if self._is_shown:
            return
        self._enter_at = _not_before(self._enter_at)
        self._is_shown = True
        self._renew_at = time.monotonic() + RENEW_S
        await self._change(lambda commands: self._put(commands, told=True))

    async def leave(self) -> None:
        """Be shown no longer."""
        if self._is_shown:
            self._is_shown = False
            await self._change(lambda commands: self._take_out(commands, [self.member]))

    async def renew(self) -> None:
        """Say that this connection is still here, when it is time to, and take out those that are not."""
        if not self._is_shown or time.monotonic() < self._renew_at:
            return
        self._renew_at = time.monotonic() + RENEW_S
        try:
            members = await self._members()
        except RedisError as fault:
            log.warning("who is in a room could not be read", stream=self._stream, error=str(fault))
            return
        gone = [member for member, until in members if until <= time.time() and member.ref != self.member.ref]

        def again(commands: Pipeline) -> None:
            self._put(commands, told=False)
            self._take_out(commands, gone)

        await self._change(again)

    async def type(self, *, is_typing: bool) -> None:
        """Tell the others. Raises TooTalkative."""
        self._say_at = _not_before(self._say_at)
        data = {"user_id": self.member.user_id, "is_typing": is_typing}
        await self._change(lambda commands: self._tell(commands, TYPING, data))

    async def _members(self) -> list[tuple[Member, float]]:
        """Who shows itself, and until when that counts."""
        kept: Any = await self._redis.hgetall(self._key)
        return [_member(ref, value) for ref, value in kept.items()]

    def _put(self, commands: Pipeline, *, told: bool) -> None:
        value = [self.member.user_id, self.member.online_at, time.time() + GONE_S]
        commands.hset(self._key, self.member.ref, orjson.dumps(value))
        commands.expire(self._key, int(GONE_S))
        if told:
            self._tell(commands, PRESENCE, {"joins": self.member.shown, "leaves": {}})

    def _take_out(self, commands: Pipeline, members: list[Member]) -> None:
        if members:
            commands.hdel(self._key, *(member.ref for member in members))
            self._tell(commands, PRESENCE, {"joins": {}, "leaves": _shown(members)})

    def _tell(self, commands: Pipeline, name: str, data: dict[str, Any]) -> None:
        fields = {"name": name, "data": orjson.dumps(data), "sent_at": "", "owner": self.member.ref}
        publish.queue(commands, self._stream, fields)

    async def _change(self, queue: Callable[[Pipeline], Any]) -> None:
        """All of it or nothing; while Redis is away nobody is told, and readers are about to be closed anyway."""
        try:
            async with self._redis.pipeline(transaction=True) as commands:
                queue(commands)
                await commands.execute()
        except RedisError as fault:
            log.warning("a room was not told", stream=self._stream, error=str(fault))


def _not_before(moment: float) -> float:
    """When the same may be done again. Raises TooTalkative before that moment."""
    if time.monotonic() < moment:
        raise TooTalkative
    return time.monotonic() + PAUSE_S


def _member(ref: bytes, value: bytes) -> tuple[Member, float]:
    user_id, online_at, until = orjson.loads(value)
    return Member(ref.decode(), user_id, online_at), until


def _shown(members: Iterable[Member]) -> dict[str, Any]:
    """Several connections, those of one person together."""
    shown: dict[str, Any] = {}
    for member in members:
        for person, entry in member.shown.items():
            shown.setdefault(person, {"metas": []})["metas"] += entry["metas"]
    return shown
