"""Which channels a person is told through, for each of their choices."""

import pytest

from apps.notifications.rules import channels as rules

ALL = ["push", "email", "sms", "in_app"]


def outlets(settings, category="transactional", priority="high", opt_in=None):
    return rules.outlets(ALL, category=category, priority=priority, opt_in=opt_in, settings=settings)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, ["push", "email"]),
        ({"sms_notifications": True}, ["push", "email", "sms"]),
        ({"push_notifications": False}, ["email"]),
        ({"push": False, "email": False}, []),
        ({"push": False, "push_notifications": True}, ["push", "email"]),
        ({"email_notifications": "off"}, ["push", "email"]),
        ({"promotional_emails": False, "categories": {"promotions": False}}, ["push", "email"]),
    ],
    ids=str,
)
def test_switches_decide(settings, expected):
    assert outlets(settings) == expected


def test_what_is_critical_goes_everywhere():
    off = {"push_notifications": False, "email_notifications": False, "sms_notifications": False}
    assert outlets(off, priority="critical") == ["push", "email", "sms"]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, ["push", "email"]),
        ({"promotional_emails": False}, ["push"]),
        ({"promotional_emails": True, "categories": {"promotions": False}}, []),
        ({"categories": {"digest": False}}, []),
        ({"digest": False}, []),
        ({"digest": True, "categories": {"digest": True, "promotions": True}}, ["push", "email"]),
        ({"categories": "none"}, ["push", "email"]),
    ],
    ids=str,
)
def test_marketing_needs_consent(settings, expected):
    assert outlets(settings, category="marketing", opt_in="digest") == expected


def test_an_opt_in_counts_for_every_category():
    assert outlets({"visit_reminders": False}, opt_in="visit_reminders") == []
