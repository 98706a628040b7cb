"""What every provider of a channel looks like from inside, and how its sending may end.

A gateway is a module with `is_set_up`, `NOT_SET_UP` and `send`. It has a timeout, and it says one of: taken (what the
provider calls the message), later, refused for good, or an answer that nobody can read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True)
class Message:
    """One message to one address (or, for push, to one of the provider's topics). `tag` is the same when it is
    repeated, so that a device shows it once. `ttl_s` is how long it is of use, from now."""

    to: str
    title: str
    body: str
    tag: str
    ttl_s: int
    is_topic: bool = False
    is_urgent: bool = False
    image: str | None = None
    data: Mapping[str, str] = field(default_factory=dict)


class NotSent(Exception):
    """A message was not sent, or may not have been. `reason` is a sentence for staff."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class TryLater(NotSent):
    """The provider is away or asks to wait: `after` at least. What was not even tried does not count as an attempt."""

    def __init__(self, reason: str, *, after: timedelta | None = None, was_tried: bool = True) -> None:
        self.after, self.was_tried = after, was_tried
        super().__init__(reason)


class Refused(NotSent):
    """The provider will never take it; with `is_gone` because nobody is at that address any more."""

    def __init__(self, reason: str, *, is_gone: bool = False) -> None:
        self.is_gone = is_gone
        super().__init__(reason)


class NotUnderstood(NotSent):
    """The provider answered something that says neither yes nor no."""


class Gateway(Protocol):
    """A channel's way outside."""

    @property
    def NOT_SET_UP(self) -> str: ...  # noqa: N802 - a constant of the module

    def is_set_up(self) -> bool:
        """Does this deployment have a provider?"""

    def send(self, message: Message) -> str:
        """Hand one message over; what the provider calls it, if anything. Raises NotSent."""
