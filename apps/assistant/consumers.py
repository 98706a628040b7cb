"""The chat as a stream of events. The turn runs in a task of its own, which ends its work when the client leaves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

import orjson
from django.http import HttpRequest

from apps.assistant import serializers
from apps.assistant.services import chat
from apps.assistant.services.chat import Frame
from ghar import limits
from ghar.actors import Actor
from ghar.api import parsing
from ghar.api.access import Access, admit
from ghar.api.streams import Stream
from ghar.db.threads import in_database
from ghar.errors import Invalid
from ghar.limits import Limit

KEEP_ALIVE_S = 15.0
ALIVE = b": keep-alive\n\n"

_running: set["asyncio.Task[None]"] = set()
"""Turns under way; the loop itself holds tasks only weakly."""


class ChatStream(Stream):
    """`POST` a message, and read the answer as it comes."""

    access: ClassVar[Access] = Access.SIGNED_IN
    methods: ClassVar[tuple[str, ...]] = ("POST",)
    shape: ClassVar[type[serializers.GuestChatIn]] = serializers.ChatIn
    limit: ClassVar[tuple[str, Limit]] = ("agent_chat", chat.SIGNED_IN_LIMIT)

    @asynccontextmanager
    async def open(self, request: HttpRequest) -> AsyncIterator[AsyncIterator[bytes]]:
        """Raises what `admit` raises, TooMany and Invalid."""
        actor = await in_database(self._admitted, request)
        body = parsing.body(self.shape, _json(request))
        frames: asyncio.Queue[Frame | None] = asyncio.Queue()
        task = asyncio.create_task(_run(actor, body, frames))
        _running.add(task)
        task.add_done_callback(_running.discard)
        yield _until_done(frames)

    def _admitted(self, request: HttpRequest) -> Actor:
        actor = admit(self.access, request.META.get("HTTP_AUTHORIZATION"))
        limits.count(*self.limit, request, actor)
        return actor


class GuestChatStream(ChatStream):
    """The same for whoever has not signed in; a token is not looked at."""

    access = Access.PUBLIC
    shape = serializers.GuestChatIn
    limit = ("agent_chat_public", chat.GUEST_LIMIT)


def _json(request: HttpRequest) -> object:
    try:
        return orjson.loads(request.body)
    except orjson.JSONDecodeError as broken:
        message = f"The body is not JSON: {broken}"
        raise Invalid(message, fields=[{"loc": ["body"], "msg": message, "type": "json_invalid"}]) from broken


async def _run(actor: Actor, body: dict[str, object], frames: "asyncio.Queue[Frame | None]") -> None:
    """Run a turn to its end, whoever listens. A queue without a bound: a turn's size is bounded itself."""
    conversation_id = body.get("conversation_id")
    turn = chat.converse(
        actor=actor,
        message=str(body["message"]),
        conversation_id=conversation_id if isinstance(conversation_id, int) else None,
        run=in_database,
    )
    try:
        async for frame in turn:
            frames.put_nowait(frame)
    finally:
        frames.put_nowait(None)


async def _until_done(frames: "asyncio.Queue[Frame | None]") -> AsyncIterator[bytes]:
    while True:
        try:
            async with asyncio.timeout(KEEP_ALIVE_S):
                frame = await frames.get()
        except TimeoutError:
            yield ALIVE
            continue
        if frame is None:
            return
        yield frame.encoded
