"""The handlers that rows of the outbox name, and how an event reaches one from its row."""

from dataclasses import dataclass
from typing import Any

from ghar.events import Event, Handler


class HandlerGone(Exception):
    """A row names a handler that no code declares any more."""


@dataclass(frozen=True)
class Declared:
    """A handler and what it hears of. `repeatable` ones keep transactions of their own; see `surely`."""

    event_class: type[Event]
    handler: Handler
    repeatable: bool


_handlers: dict[str, Declared] = {}


def add(event_class: type[Event], handler: Handler, *, repeatable: bool) -> str:
    """Make a handler known; its dotted name."""
    name = f"{handler.__module__}.{handler.__qualname__}"
    _handlers[name] = Declared(event_class, handler, repeatable)
    return name


def find(name: str) -> Declared:
    """The handler of that name. Raises HandlerGone."""
    if name not in _handlers:
        raise HandlerGone(f"No code declares the handler {name} any more.")
    return _handlers[name]


def names_of(event_class: type[Event]) -> list[str]:
    """The handlers that surely hear of this class of events."""
    return [name for name, declared in _handlers.items() if declared.event_class is event_class]


def call(declared: Declared, facts: dict[str, Any]) -> None:
    """Tell a handler of the event with these fields."""
    fields = {key: tuple(value) if isinstance(value, list) else value for key, value in facts.items()}
    declared.handler(declared.event_class(**fields))
