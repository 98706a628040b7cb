"""When mail goes out together."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.notifications.rules.digests import INDIA, digest_at, letter

WEDNESDAY = datetime(2026, 5, 6, 12, 0, tzinfo=INDIA)
NEVER = WEDNESDAY + timedelta(days=30)


def at(frequency, now=WEDNESDAY, priority="normal", expires_at=NEVER):
    return digest_at({"frequency": frequency}, now, priority=priority, expires_at=expires_at)


@pytest.mark.parametrize(
    ("frequency", "now", "wanted"),
    [
        ("daily", WEDNESDAY, datetime(2026, 5, 7, 9, tzinfo=INDIA)),
        ("Daily ", WEDNESDAY.replace(hour=8, minute=59), datetime(2026, 5, 6, 9, tzinfo=INDIA)),
        ("daily", WEDNESDAY.replace(hour=9), datetime(2026, 5, 7, 9, tzinfo=INDIA)),
        ("weekly", WEDNESDAY, datetime(2026, 5, 11, 9, tzinfo=INDIA)),
        ("weekly", datetime(2026, 5, 11, 8, tzinfo=INDIA), datetime(2026, 5, 11, 9, tzinfo=INDIA)),
        ("weekly", datetime(2026, 5, 11, 10, tzinfo=INDIA), datetime(2026, 5, 18, 9, tzinfo=INDIA)),
        ("daily", datetime(2026, 5, 6, 20, tzinfo=UTC), datetime(2026, 5, 7, 9, tzinfo=INDIA)),
    ],
)
def test_the_next_morning_of_its_kind(frequency, now, wanted):
    assert at(frequency, now) == wanted


@pytest.mark.parametrize("frequency", ["immediate", None, "", "hourly", 7, ["daily"]])
def test_any_other_value_is_at_once(frequency):
    assert at(frequency) is None
    assert digest_at({}, WEDNESDAY, priority="normal", expires_at=NEVER) is None


@pytest.mark.parametrize("priority", ["high", "critical"])
def test_what_is_urgent_does_not_wait(priority):
    assert at("daily", priority=priority) is None


def test_what_would_be_of_no_use_by_then_does_not_wait():
    soon = WEDNESDAY + timedelta(days=2)
    assert at("daily", expires_at=soon) is not None
    assert at("weekly", expires_at=soon) is None


def test_a_letter_of_one_is_that_one_and_of_several_has_all():
    assert letter([("Terms", "New.")]) == ("Terms", "New.")
    assert letter([("Terms", "New."), ("App", "")]) == ("Terms, and 1 more", "Terms\nNew.\n\nApp")
