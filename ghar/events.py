"""What happened, told upwards: a service publishes an event, and areas above it react after the commit.

    @dataclass(frozen=True)
    class VisitScheduled(Event):        # apps/visits/events.py
        visit_id: int

    publish(VisitScheduled(visit.id))   # inside the service, and inside its transaction

    @on(VisitScheduled)                 # apps/<any area above, or visits itself>/handlers.py
    def tell_the_owner(event: VisitScheduled) -> None: ...

An event is told once, after the outermost transaction has committed, in the order of publishing; what is rolled
back was never said. A process that dies between the commit and the telling tells nothing: what must not be lost goes
through `ghar.outbox`, whose handlers are declared with `@surely` instead.
"""

import dataclasses
import logging
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.db import transaction

logger = logging.getLogger(__name__)

PLAIN = (str, int, float, bool, type(None))


@dataclasses.dataclass(frozen=True)
class Event:
    """Base of what an area announces: a frozen dataclass of ids and other plain values, named in the past tense.

    A field holds text, a number, a truth value, None, or a tuple of these, so that an event can be logged and sent.
    """


E = TypeVar("E", bound=Event)
Handler = Callable[[Any], None]

_handlers: dict[type[Event], list[Handler]] = defaultdict(list)
_within: dict[type[Event], list[Handler]] = defaultdict(list)


def on(event_class: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a handler for exactly this class of events. Handlers run in the order of registration."""
    _insist_on_a_dataclass(event_class)

    def register(handler: Callable[[E], None]) -> Callable[[E], None]:
        _handlers[event_class].append(handler)
        return handler

    return register


def within(event_class: type[Event]) -> Callable[[Handler], Handler]:
    """Register what runs at once, in the transaction that publishes: when it fails, nothing of that is kept.

    For the kernel's own bookkeeping; an area reacts with `on`, or with `ghar.outbox` to what must not be lost.
    """

    def register(handler: Handler) -> Handler:
        _within[event_class].append(handler)
        return handler

    return register


def handlers_of(event_class: type[Event]) -> tuple[Handler, ...]:
    """Who reacts to this class of events."""
    return tuple(_handlers.get(event_class, ()))


def publish(event: Event) -> None:
    """Tell the event after the outermost transaction commits, or at once when there is none.

    Raises TypeError for an event that is no dataclass of plain values.
    """
    _insist_on_a_dataclass(type(event))
    _insist_on_plain_values(event)
    for handler in _within.get(type(event), ()):
        handler(event)
    transaction.on_commit(partial(_line.tell, event))


class _Line(threading.local):
    """The events of one thread, told one after the other.

    What a handler publishes waits until every handler of the present event has run, so that none of them hears of
    a consequence before its cause.
    """

    def __init__(self) -> None:
        self.waiting: deque[Event] = deque()
        self.is_telling = False

    def tell(self, event: Event) -> None:
        self.waiting.append(event)
        if self.is_telling:
            return
        self.is_telling = True
        try:
            while self.waiting:
                _call_handlers(self.waiting.popleft())
        finally:
            self.is_telling = False
            self.waiting.clear()  # an interrupted process says no more


_line = _Line()


def _call_handlers(event: Event) -> None:
    """Each handler alone: one that fails is logged, which Sentry sees, and the others run."""
    for handler in handlers_of(type(event)):
        try:
            handler(event)
        except Exception:
            logger.exception("%s.%s failed on %s", handler.__module__, getattr(handler, "__qualname__", handler), event)


def _insist_on_a_dataclass(event_class: type[Event]) -> None:
    if not issubclass(event_class, Event) or "__dataclass_fields__" not in vars(event_class):
        raise TypeError(f"{event_class.__name__} must be a frozen dataclass derived from Event")


def _insist_on_plain_values(event: Event) -> None:
    for field in dataclasses.fields(event):
        value = getattr(event, field.name)
        parts = value if isinstance(value, tuple) else (value,)
        if not all(type(part) in PLAIN for part in parts):
            raise TypeError(f"{type(event).__name__}.{field.name} must hold plain values, not {value!r}")
