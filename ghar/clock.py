"""Time: stored aware in UTC, and read as a date in India where a date is meant."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

INDIA = ZoneInfo("Asia/Kolkata")


def now() -> datetime:
    """This moment, aware, UTC."""
    return timezone.now()


def today() -> date:
    """The date on a wall calendar in India."""
    return now().astimezone(INDIA).date()


def midnight(day: date) -> datetime:
    """The moment a date begins in India."""
    return datetime.combine(day, time.min, tzinfo=INDIA)
