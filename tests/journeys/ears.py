"""A person with the app open three times: curl on the stream, a plain WebSocket, and supabase-js on its channel."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from websockets.sync.client import ClientConnection

from tests.journeys import node
from tests.journeys.lines import Lines
from tests.kernel.asgi.live import PATIENCE_S
from tests.realtime.reader import PATH, Frame
from tests.realtime.test_listen_on_socket import dial, heard

EVENTS = ["visit_updated", "new_notification", "listing_status_changed"]
Event = tuple[str, Any]


class Ears:
    """Three open readers of one person."""

    def __init__(self, curl: Lines, socket: ClientConnection, channel: node.Listener) -> None:
        self._curl = curl
        self._socket = socket
        self._channel = channel

    def hear(self, count: int) -> list[Event]:
        """The next so many events as name and data. Fails unless all three readers hear the same in the same order."""
        told = [self._on_socket() for _ in range(count)]
        streamed = [self._on_stream() for _ in range(count)]
        joined = [self._on_channel() for _ in range(count)]
        assert streamed == told, "the stream and the socket differ, in their ids or in what they tell"
        assert joined == [event for _, event in told], "the channel of supabase-js differs"
        return joined

    def _on_socket(self) -> tuple[str, Event]:
        frame = heard(self._socket)
        data = frame["data"]
        return frame["id"], (data.pop("type"), data)

    def _on_stream(self) -> tuple[str | None, Event]:
        while True:
            lines = []
            while line := self._curl.next():
                lines.append(line)
            frame = Frame.of("\n".join(lines))
            if frame.event is not None:
                return frame.id, (frame.event, frame.value())

    def _on_channel(self) -> Event:
        told = self._channel.told()
        assert told["event"] == told["payload"]["type"]
        return told["event"], told["payload"]["data"]


@contextmanager
def ears(base: str, user_id: int, token: str, *, version: str = "2.0.0") -> Iterator[Ears]:
    """Open all three and wait until each listens. `version` is that of the Phoenix protocol."""
    command = ["curl", "-sN", "--noproxy", "*", "-H", f"Authorization: Bearer {token}", f"{base}{PATH}"]
    topic = f"flatmates:user:{user_id}"
    with (
        _running(command) as stream,
        dial(base, f"/ws/notifications?token={token}") as socket,
        node.channel(
            base, settings.SUPABASE_PUBLISHABLE_KEY, version=version, topic=topic, token=token, events=EVENTS
        ) as channel,
    ):
        curl = Lines(stream.stdout)
        assert curl.next() == "retry: 2000"
        assert json.loads(socket.recv(timeout=PATIENCE_S))["type"] == "connected"
        assert channel.told() == {"status": "SUBSCRIBED", "error": None}
        yield Ears(curl, socket, channel)


@contextmanager
def _running(command: list[str]) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()
