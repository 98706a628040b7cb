"""Says something to the assistant over REST, and reads the frames."""

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Answer:
    """The frames of one turn."""

    frames: list[tuple[str, dict[str, Any]]]
    names: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = [name for name, _ in self.frames]

    def only(self, name: str) -> dict[str, Any]:
        """The data of the one frame of that name."""
        (found,) = [data for event, data in self.frames if event == name]
        return found

    @property
    def text(self) -> str:
        """What the assistant said."""
        return self.only("done")["response_text"]

    @property
    def tools(self) -> list[str]:
        """The tools that were called."""
        return [data["tool"] for event, data in self.frames if event == "tool_call_start"]


def read(body: bytes) -> Answer:
    """Frames from the wire: an event line, a data line, a blank one. Comments are passed over."""
    frames = []
    for block in body.decode().split("\n\n"):
        lines = [line for line in block.split("\n") if line and not line.startswith(":")]
        if lines:
            event, data = lines
            frames.append((event.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return Answer(frames)


def say(api: Any, message: str, conversation_id: int | None = None) -> Answer:
    """One turn of a person who has signed in."""
    answer = api.post("/api/v1/agent/chat", {"message": message, "conversation_id": conversation_id})
    assert answer.status_code == 200, answer.content
    return read(answer.content)


def say_as_guest(api: Any, message: str) -> Answer:
    """One turn of somebody who has not."""
    answer = api.post("/api/v1/agent/chat-public", {"message": message})
    assert answer.status_code == 200, answer.content
    return read(answer.content)
