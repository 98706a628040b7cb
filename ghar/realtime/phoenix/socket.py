"""The Phoenix protocol, so that clients built on supabase-js and supabase_flutter run unchanged.

One socket carries many topics. Clients listen; in rooms they show themselves and say that they type as well.
"""

import asyncio

from ghar.api.access import Access
from ghar.asgi.types import Scope
from ghar.errors import NotAllowed, NotSignedIn
from ghar.realtime.listening import query_of
from ghar.realtime.phoenix import frames
from ghar.realtime.phoenix.channel import CLOSED, Channel
from ghar.realtime.phoenix.frames import Frame
from ghar.realtime.sockets import BadFrame, Socket, Wire

PATIENCE_S = 60.0
"""Seconds without a frame after which a client is taken for gone; it sends a heartbeat every 25."""
MOST_TOPICS = 20


class PhoenixSocket(Socket):
    """`/realtime/v1/websocket`. Anybody may connect; each topic has its own declaration."""

    access = Access.PUBLIC

    async def serve(self, wire: Wire, scope: Scope) -> None:
        """Answer frames until the client leaves."""
        version = query_of(scope).get("vsn", frames.VERSIONS[0])
        if version not in frames.VERSIONS:
            raise BadFrame(f"Protocol version {version} is not spoken here.")
        conversation = _Conversation(wire, version)
        try:
            while True:
                received = await wire.frame_within(PATIENCE_S)
                await conversation.answer(frames.read(received, version))
        finally:
            await conversation.end()


class _Conversation:
    """The topics that one client has joined."""

    def __init__(self, wire: Wire, version: str) -> None:
        self._wire = wire
        self._version = version
        self._joined: dict[str, tuple[Channel, asyncio.Task[None]]] = {}

    async def answer(self, frame: Frame) -> None:
        """React to one frame."""
        if frame.topic == "phoenix":
            await self._push(frame.reply("ok", {}))
        elif frame.event == "phx_join":
            await self._join(frame)
        elif frame.topic not in self._joined or self._joined[frame.topic][1].done():
            await self._push(frame.reply("error", {"reason": "unmatched topic"}))
        elif frame.event == "phx_leave":
            await self._push(frame.reply("ok", {}))
            await self._close(frame.topic)
        elif frame.event == "access_token":
            await self._renew(frame)
        else:
            await self._joined[frame.topic][0].hear(frame)

    async def end(self) -> None:
        """Leave every topic without a word."""
        for topic in tuple(self._joined):
            await self._drop(topic)

    async def _join(self, frame: Frame) -> None:
        """Joining a topic again takes the place of the first membership."""
        if frame.topic in self._joined:
            await self._close(frame.topic)
        if len(self._joined) >= MOST_TOPICS:
            await self._push(frame.reply("error", {"reason": "too many topics"}))
            return
        channel = Channel(frame, self._push)
        self._joined[frame.topic] = channel, asyncio.create_task(channel.run())

    async def _renew(self, frame: Frame) -> None:
        token = frame.payload.get("access_token")
        channel, _ = self._joined[frame.topic]
        try:
            await channel.renew(token if isinstance(token, str) else "")
        except (NotSignedIn, NotAllowed):
            await self._close(frame.topic)

    async def _close(self, topic: str) -> None:
        channel, task = self._joined[topic]
        told = task.done()
        await self._drop(topic)
        if not told:
            await channel.say(CLOSED)

    async def _drop(self, topic: str) -> None:
        _, task = self._joined.pop(topic)
        task.cancel()
        await asyncio.wait([task])

    async def _push(self, frame: Frame) -> None:
        await self._wire.send_text(frames.write(frame, self._version))
