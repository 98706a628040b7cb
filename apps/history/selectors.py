"""Reads of what was changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.accounts import selectors as people
from apps.history.models import Change
from ghar.actors import Actor

MOST = 200
_LONGEST = 300


@dataclass(frozen=True)
class Noted:
    """A change as staff read it: when, who, by which door, and (column, before, after) of each column."""

    at: datetime
    who: str
    via: str
    action: str
    columns: tuple[tuple[str, str, str], ...]


def list_changes(actor: Actor, *, table: str, row_id: int) -> list[Noted]:
    """The changes of a row that the actor may see, the latest first."""
    found = list(Change.objects.filter(table_name=table, row_id=row_id).order_by("-pk")[:MOST])
    names = people.name_people({one.actor_id for one in found if one.actor_id})
    return [_noted(one, names) for one in found]


def _noted(change: Change, names: dict[int, str]) -> Noted:
    who = names.get(change.actor_id, f"User {change.actor_id}") if change.actor_id else "The platform"
    return Noted(change.at, who, change.via or "", change.get_action_display(), _columns(change))


def _columns(change: Change) -> tuple[tuple[str, str, str], ...]:
    before, after = change.before or {}, change.after or {}
    return tuple(
        (name.replace("_", " "), _words(before.get(name)), _words(after.get(name)))
        for name in sorted({**before, **after})
    )


def _words(value: Any) -> str:
    text = "—" if value in (None, "", [], {}) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
