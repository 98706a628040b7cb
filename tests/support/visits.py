"""Visits for tests, at times that are always ahead or behind, whenever the tests run."""

from datetime import datetime, timedelta
from typing import Any

from apps.accounts.models import User
from apps.properties.models import Property
from apps.visits.models import Visit
from ghar import clock

HOUR = timedelta(hours=1)
_PRESENT_HOUR = clock.now().replace(minute=0, second=0, microsecond=0)


def at(*, days: int = 2, hours: int = 0) -> datetime:
    """A full hour, that many days (and hours) from the one in which the tests began: the same all the way through."""
    return _PRESENT_HOUR + timedelta(days=days, hours=hours)


def make_visit(visitor: User, listing: Property, *, begins: datetime | None = None, **fields: Any) -> Visit:
    """A requested visit in two days, unless told otherwise."""
    moment = begins or at()
    values: dict[str, Any] = {"scheduled_date": moment, "ends_at": moment + HOUR, **fields}
    if values.get("status") == "completed":
        values.setdefault("actual_date", moment)
    return Visit.objects.create(user=visitor, property=listing, **values)
