"""Quiet hours end at a moment, whatever side of midnight it is, and nonsense is no quiet."""

from datetime import datetime

import pytest

from apps.notifications.rules import quiet

NIGHT = {"start": "22:00", "end": "07:00"}
NOON = {"start": "12:00", "end": "13:30"}


def india(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=quiet.INDIA)


@pytest.mark.parametrize(
    ("hours", "now", "end"),
    [
        (NIGHT, "2026-03-01T23:15", "2026-03-02T07:00"),
        (NIGHT, "2026-03-02T00:00", "2026-03-02T07:00"),
        (NIGHT, "2026-03-02T06:59", "2026-03-02T07:00"),
        (NIGHT, "2026-03-02T07:00", None),
        (NIGHT, "2026-03-02T21:59", None),
        (NIGHT, "2026-03-02T22:00", "2026-03-03T07:00"),
        (NOON, "2026-03-02T12:00", "2026-03-02T13:30"),
        (NOON, "2026-03-02T13:30", None),
        ({"from": "12:00", "until": "13:00"}, "2026-03-02T12:30", "2026-03-02T13:00"),
        ({"start": "09:00", "end": "09:00"}, "2026-03-02T09:00", None),
        ({**NOON, "enabled": "false"}, "2026-03-02T12:30", None),
        ({**NOON, "timezone": "Mars/Olympus"}, "2026-03-02T12:30", "2026-03-02T13:30"),
    ],
)
def test_it_ends_when_it_says(hours, now, end):
    for name in ("quietHours", "quiet_hours"):
        assert quiet.quiet_until({name: hours}, india(now)) == (india(end) if end else None)


def test_another_zone_is_read_on_its_own_clock():
    hours = {"quietHours": {**NIGHT, "timezone": "UTC"}}
    assert quiet.quiet_until(hours, datetime.fromisoformat("2026-03-02T06:00+00:00")) == datetime.fromisoformat(
        "2026-03-02T07:00+00:00"
    )
    assert quiet.quiet_until(hours, india("2026-03-02T23:00")) is None


@pytest.mark.parametrize(
    "hours",
    [None, [], "22-7", {}, {"start": "22:00"}, {"start": "late", "end": "early"}, {"start": "25:00", "end": "07:00"}],
    ids=str,
)
def test_nonsense_is_no_quiet(hours):
    assert quiet.quiet_until({"quietHours": hours}, india("2026-03-02T23:00")) is None
