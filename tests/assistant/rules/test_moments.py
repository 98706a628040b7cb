"""Days and times are read as people say them in India."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.assistant.rules.moments import read

NOW = datetime(2026, 11, 18, 14, 0, tzinfo=ZoneInfo("Asia/Kolkata"))  # a Wednesday


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("book a visit on Sunday at 4", "2026-11-22T16:00"),
        ("next sunday at 4 pm", "2026-11-22T16:00"),
        ("wednesday at 11", "2026-11-25T11:00"),
        ("tomorrow at 10:30", "2026-11-19T10:30"),
        ("tomorrow 5pm", "2026-11-19T17:00"),
        ("day after tomorrow at 9 am", "2026-11-20T09:00"),
        ("today in the evening", "2026-11-18T17:00"),
        ("25 November at 11 am", "2026-11-25T11:00"),
        ("on the 3rd of jan at 12", "2027-01-03T12:00"),
        ("December 5 morning", "2026-12-05T10:00"),
        ("2026-12-01T15:30", "2026-12-01T15:30"),
        ("2026-12-01 at 3", "2026-12-01T15:00"),
        ("sat 6 p.m.", "2026-11-21T18:00"),
    ],
)
def test_a_moment_is_understood(words, moment):
    assert read(words, NOW) == datetime.fromisoformat(moment).replace(tzinfo=NOW.tzinfo)


@pytest.mark.parametrize("words", ["on Sunday", "at 4", "31 February at 4", "tomorrow at 25", "sunday 13 pm", ""])
def test_half_a_moment_is_none(words):
    assert read(words, NOW) is None


@given(st.text(max_size=300))
def test_no_text_is_refused(words):
    moment = read(words, NOW)
    assert moment is None or moment.tzinfo is NOW.tzinfo


@given(
    day=st.sampled_from(["monday", "Tue", "friday", "SUNDAY"]),
    hour=st.integers(1, 12),
    half=st.sampled_from(["am", "pm"]),
)
def test_a_weekday_is_always_one_of_the_next_seven_days(day, hour, half):
    moment = read(f"on {day} at {hour} {half}", NOW)
    assert timedelta(0) < moment.date() - NOW.date() <= timedelta(days=7)
    assert moment.strftime("%A").lower().startswith(day[:3].lower())
    assert moment.hour == hour % 12 + (12 if half == "pm" else 0)
