"""The topics of the Phoenix protocol: who may join each, and which stream it reads."""

from collections.abc import Callable
from dataclasses import dataclass

from ghar.api.access import Access
from ghar.errors import NotAllowed, NotFound
from ghar.realtime import entries
from ghar.realtime.callers import Caller

PREFIX = "realtime:"
"""What clients put before a topic's name on the wire."""


class TopicUnknown(NotFound):
    """There is no such topic."""

    code = "TOPIC_UNKNOWN"
    message = "There is no such topic."


class TopicForbidden(NotAllowed):
    """The topic is somebody else's."""

    code = "TOPIC_FORBIDDEN"
    message = "You may not join this topic."


@dataclass(frozen=True)
class Topic:
    """The topics `{start}{id}`. `stream_for` gives the stream that a caller reads there, or raises NotAllowed or
    NotFound; it is asked in a database thread. In a room (`is_room`) people see each other, and who is typing.
    """

    start: str
    access: Access
    stream_for: Callable[[Caller, str], str]
    is_room: bool = False


def _own(caller: Caller, person: str) -> str:
    """A person's events are their own; clients name the person by local id or by the token's subject."""
    if person not in (str(caller.user_id), caller.subject):
        raise TopicForbidden
    return entries.user_stream(caller.user_id)


PERSON = Topic("flatmates:user:", Access.SIGNED_IN, _own)
TOPICS = [PERSON]


def register(topic: Topic) -> Topic:
    """Add a topic: an area does it in its `topics.py`. Raises ValueError when its names are another's already."""
    if any(topic.start.startswith(other.start) or other.start.startswith(topic.start) for other in TOPICS):
        raise ValueError(f"the topics {topic.start!r} are declared already")
    TOPICS.append(topic)
    return topic


def find(name: str) -> tuple[Topic, str]:
    """The topic of a name, with or without `PREFIX`, and the id in it. Raises TopicUnknown."""
    bare = name.removeprefix(PREFIX)
    for topic in TOPICS:
        if bare.startswith(topic.start) and (rest := bare.removeprefix(topic.start)):
            return topic, rest
    raise TopicUnknown
