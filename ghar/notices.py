"""What people may be told, as data: each area declares its types in `notices.py`, and `send` hands a notice over.

    NOTICE_TYPES = [
        NoticeType("visit_reminder", "transactional", "high", ("push", "sms", "in_app"), ttl_s=86_400),
    ]

    notices.send(user_id=7, key="visit_reminder", title="...", body="...", data={"visit_id": 3}, route="/visits")

Who stores and sends is chosen by the setting NOTICE_SENDER, so that every area can tell people something.
"""

import importlib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string, module_has_submodule

_KEY = re.compile(r"[a-z][a-z0-9_]{2,63}")


class Category(StrEnum):
    """Why somebody is told: because of what they did, because of the platform, or to interest them."""

    TRANSACTIONAL = "transactional"
    SYSTEM = "system"
    MARKETING = "marketing"


class Priority(StrEnum):
    """How urgent it is. What is critical is sent whatever people have switched off."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class Channel(StrEnum):
    """Where it is told. Everything is also kept in the app's own list."""

    PUSH = "push"
    EMAIL = "email"
    SMS = "sms"
    IN_APP = "in_app"


@dataclass(frozen=True)
class Cap:
    """How many of one type a person gets in any 24 hours and in any seven days."""

    a_day: int
    a_week: int


@dataclass(frozen=True)
class NoticeType:
    """One type of notices. `ttl_s` is how many seconds it is worth sending; `opt_in` names the setting of a person
    that must not be off."""

    key: str
    category: str
    priority: str
    channels: Collection[str]
    ttl_s: int
    cap: Cap | None = None
    opt_in: str | None = None

    def __post_init__(self) -> None:
        """Refuse what could never be sent. Raises ValueError."""
        if not _KEY.fullmatch(self.key):
            raise ValueError(f"{self.key!r} is no key of a notice: lower-case words joined by underscores.")
        Category(self.category)
        Priority(self.priority)
        if Channel.IN_APP not in [Channel(channel) for channel in self.channels]:
            raise ValueError(f"{self.key}: every notice is kept in_app.")
        if self.ttl_s <= 0:
            raise ValueError(f"{self.key}: ttl_s is a number of seconds.")


@dataclass(frozen=True)
class Notice:
    """Something to tell one person. `data` holds ids and texts for the app; `route` is the screen it leads to."""

    type: NoticeType
    user_id: int
    title: str
    body: str
    data: Mapping[str, Any] = field(default_factory=dict)
    route: str | None = None


_types: dict[str, NoticeType] = {}


def register(declared: Collection[NoticeType]) -> None:
    """Make types known. Raises ValueError for a key that another type has."""
    for one in declared:
        if _types.setdefault(one.key, one) is not one:
            raise ValueError(f"There are two types of notices called {one.key!r}.")


def discover() -> None:
    """Register the types of whatever is installed."""
    for app in apps.get_app_configs():
        name = f"{app.name}.notices"
        if name != __name__ and app.module and module_has_submodule(app.module, "notices"):
            register(importlib.import_module(name).NOTICE_TYPES)


def all_types() -> dict[str, NoticeType]:
    """Every type, by key."""
    return dict(sorted(_types.items()))


def get_type(key: str) -> NoticeType:
    """The type of that key. Raises LookupError: a key that nobody declared is a mistake in the code."""
    if key not in _types:
        raise LookupError(f"No area declares a type of notices called {key!r}.")
    return _types[key]


def find_type(key: str) -> NoticeType | None:
    """The type of that key, if anybody declares it."""
    return _types.get(key)


def send(
    *, user_id: int, key: str, title: str, body: str, data: Mapping[str, Any] | None = None, route: str | None = None
) -> str | None:
    """Tell a person something; the id it is kept under, or None when they are not to be told (gone, or over the cap).

    What is sent outside leaves after the commit. Raises LookupError for an unknown key.
    """
    return _sender()(Notice(get_type(key), user_id, title, body, dict(data or {}), route))


@cache
def _sender() -> Callable[[Notice], str | None]:
    sender: Callable[[Notice], str | None] = import_string(settings.NOTICE_SENDER)
    return sender
