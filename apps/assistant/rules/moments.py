"""When somebody means, in their own words: "Sunday at 4", "tomorrow 5:30 pm", "25 November at 11". Pure.

Visits happen by day, so an hour without am or pm is the one between 8 in the morning and 7 in the evening.
"""

import re
from datetime import date, datetime, time, timedelta

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_DAY = re.compile(r"\b(next\s+)?(" + "|".join(f"{day[:3]}(?:{day[3:]})?" for day in _DAYS) + r")\b")
_MONTH_NAMES = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in _MONTHS)
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH_NAMES})\b")
_MONTH_DAY = re.compile(rf"\b({_MONTH_NAMES})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?:[t ](\d{2}):(\d{2}))?\b")
_HALVED = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|o'?clock)(?=\W|$)")
_BARE = re.compile(r"\bat\s+(\d{1,2})(?:[:.](\d{2}))?\b")
_PARTS = {"morning": time(10), "noon": time(12), "afternoon": time(15), "evening": time(17)}
_FIRST_HOUR = 8


def read(words: str, now: datetime) -> datetime | None:
    """The moment that is meant, in the time zone of `now`; None when a day or a time is missing or impossible."""
    text = words.lower()
    day, hour = _day(text, now.date()), _time(text)
    return datetime.combine(day, hour, now.tzinfo) if day is not None and hour is not None else None


def _day(text: str, today: date) -> date | None:
    if found := _ISO.search(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if "day after tomorrow" in text:
        return today + timedelta(days=2)
    if "tomorrow" in text:
        return today + timedelta(days=1)
    if "today" in text or "tonight" in text:
        return today
    if found := _DAY_MONTH.search(text):
        return _coming(int(found[1]), found[2], today)
    if found := _MONTH_DAY.search(text):
        return _coming(int(found[2]), found[1], today)
    return _weekday(text, today)


def _weekday(text: str, today: date) -> date | None:
    """The next day of that name, never today itself; "next Sunday" is the same Sunday."""
    found = _DAY.search(text)
    if found is None:
        return None
    wanted = next(number for number, day in enumerate(_DAYS) if day.startswith(found[2][:3]))
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _coming(day: int, month: str, today: date) -> date | None:
    """That day of this year, or of the next when it is over."""
    number = next(place for place, name in enumerate(_MONTHS, 1) if name.startswith(month[:3]))
    this_year = _date(today.year, number, day)
    return this_year if this_year is None or this_year >= today else _date(today.year + 1, number, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(text: str) -> time | None:
    if (found := _ISO.search(text)) and found[4]:
        return _clock(int(found[4]), int(found[5]))
    if found := _HALVED.search(text):
        return _hour(int(found[1]), int(found[2] or 0), found[3].replace(".", ""))
    if found := _BARE.search(text):
        return _hour(int(found[1]), int(found[2] or 0), "")
    return next((hour for part, hour in _PARTS.items() if part in text), None)


def _hour(hour: int, minute: int, half: str) -> time | None:
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif 1 <= hour < _FIRST_HOUR:
        hour += 12
    return _clock(hour, minute)


def _clock(hour: int, minute: int) -> time | None:
    return time(hour, minute) if hour < 24 and minute < 60 else None
