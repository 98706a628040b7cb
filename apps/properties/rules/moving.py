"""When somebody wants to move in, as a window of dates."""

from dataclasses import dataclass
from datetime import date, timedelta

_WITHIN_DAYS = {
    "immediate": 8,
    "immediately": 8,
    "now": 8,
    "within_1_week": 8,
    "within_a_week": 8,
    "one_week": 8,
    "within_2_weeks": 15,
    "two_weeks": 15,
    "within_1_month": 30,
    "within_a_month": 30,
    "within_2_months": 60,
    "two_months": 60,
    "within_3_months": 90,
    "three_months": 90,
}


@dataclass(frozen=True)
class Window:
    """Available on or after `first` (when given) and before `end`."""

    end: date
    first: date | None = None


def window(wish: str, today: date) -> Window | None:
    """The window of a wish such as `within_2_weeks` or `next-month`; None when any date will do."""
    name = wish.strip().lower().replace("-", "_")
    if name in _WITHIN_DAYS:
        return Window(end=today + timedelta(days=_WITHIN_DAYS[name]))
    next_month = _first_of_next_month(today)
    if name == "this_month":
        return Window(end=next_month)
    if name == "next_month":
        return Window(first=next_month, end=_first_of_next_month(next_month))
    return None


def _first_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
