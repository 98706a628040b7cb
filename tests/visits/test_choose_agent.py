"""Which of the free agents shows a listing, when neither side has one of its own."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from apps.agents.models import Agent
from apps.visits.rules import Candidate, choose_agent, is_at_work
from tests.support.listings import make_listing
from tests.support.visits import at

INDIA = {"start": "09:00", "end": "18:00", "timezone": "Asia/Kolkata"}
NIGHT = {"start": "22:00", "end": "06:00", "timezone": "Asia/Kolkata"}


@pytest.mark.parametrize(
    ("hours", "utc_hour", "works"),
    [
        (INDIA, 4, True),
        (INDIA, 3, False),
        (INDIA, 13, False),
        ({**INDIA, "start": "09:00+05:30"}, 3, False),
        (NIGHT, 18, True),
        (NIGHT, 8, False),
        ({"start": "09:00", "end": "18:00"}, 17, True),
        ({"start": "09:00", "end": "18:00"}, 18, False),
        *[(unreadable, 3, True) for unreadable in (None, {}, {"start": "nine"}, {**INDIA, "timezone": "Mars/Base"},
                                                    {**INDIA, "start": 9}, {**INDIA, "timezone": "../etc"}, [1], 5)],
    ],
)  # fmt: skip
def test_working_hours_are_read_in_their_time_zone(hours, utc_hour, works):
    assert is_at_work(hours, datetime(2026, 12, 1, utc_hour, 0, tzinfo=UTC)) is works


def test_hours_go_before_load_load_before_rating_rating_before_age():
    loved = Decimal("4.5")
    away, busy, plain, liked = (
        Candidate(1, is_at_work_then=False),
        Candidate(2, ahead=3, rating=loved),
        Candidate(3),
        Candidate(4, rating=loved),
    )
    assert choose_agent([away, busy, plain, liked]) == 4
    assert choose_agent([away, busy, plain]) == 3
    assert choose_agent([away, busy]) == 2
    assert choose_agent([away]) == 1
    assert choose_agent([Candidate(6), Candidate(5)]) == 5
    assert choose_agent([]) is None


@pytest.mark.django_db
def test_a_visit_goes_to_whoever_works_then(api, cast):
    Agent.objects.create(name="Early", working_hours={"start": "00:00", "end": "00:01", "timezone": "UTC"})
    working = Agent.objects.create(name="There", working_hours={"start": "00:00", "end": "23:59", "timezone": "UTC"})
    body = {"property_id": make_listing(cast.owner).pk, "scheduled_date": at().replace(hour=6).isoformat()}
    assert api.as_(cast.seeker).post("/api/v1/visits", body).json()["agent_id"] == working.pk
