"""Mail that somebody wants together instead of one by one."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

INDIA = ZoneInfo("Asia/Kolkata")
AT = time(9)
MONDAY = 0
PATIENT = frozenset({"low", "normal"})
"""Priorities that can wait."""


def digest_at(settings: Mapping[str, Any], now: datetime, *, priority: str, expires_at: datetime) -> datetime | None:
    """When mail of these settings goes out together, if it is not to leave at once; `now` and the answer are aware.

    `frequency` is `daily` (nine in the morning in India) or `weekly` (the same on Mondays); anything else, and no
    value, is `immediate`. What is urgent, and what would be of no use by then, does not wait.
    """
    frequency = str(settings.get("frequency") or "").strip().lower()
    if frequency not in ("daily", "weekly") or priority not in PATIENT:
        return None
    moment = _next_morning(now, weekly=frequency == "weekly")
    return moment if moment < expires_at else None


def _next_morning(now: datetime, *, weekly: bool) -> datetime:
    here = now.astimezone(INDIA)
    day = here.date() if here.time() < AT else here.date() + timedelta(days=1)
    if weekly:
        day += timedelta(days=(MONDAY - day.weekday()) % 7)
    return datetime.combine(day, AT, tzinfo=INDIA)


def letter(told: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Title and text of one letter about several things, each a title and a text. Of one it is that one."""
    if len(told) == 1:
        return told[0]
    parts = [f"{title}\n{text}".strip() for title, text in told]
    return f"{told[0][0]}, and {len(told) - 1} more", "\n\n".join(parts)
