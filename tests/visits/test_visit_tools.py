"""What models can do about visits, as whoever has signed in and nobody else."""

from datetime import datetime, timedelta

import pytest

from apps.visits.models import Visit
from ghar import clock
from ghar.actors import ANONYMOUS, Actor
from ghar.tools import call
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(cast):
    return make_listing(cast.owner, title="Sunny house")


@pytest.fixture
def seeker(cast):
    return Actor.of(cast.seeker)


def tomorrow(hour=16):
    return datetime.combine(clock.today() + timedelta(days=1), datetime.min.time()).replace(hour=hour)


def schedule(actor, listing, when=None, **more):
    arguments = {"property_id": listing.id, "scheduled_date": (when or tomorrow()).isoformat(), **more}
    return call(actor, "visits_schedule", arguments)


def test_a_visit_is_asked_for_in_indias_time(seeker, listing):
    outcome = schedule(seeker, listing, notes="Ring twice")
    assert outcome.error is None, outcome.data
    told = outcome.data["visit"]
    assert told["scheduled_date"] == f"{tomorrow().isoformat()}+05:30"
    assert (told["property"]["title"], told["status"], told["notes"]) == ("Sunny house", "requested", "Ring twice")
    visit = Visit.objects.get()
    assert (visit.user_id, visit.scheduled_date) == (seeker.id, tomorrow().replace(tzinfo=clock.INDIA))
    assert outcome.summary.startswith(f"Visit {visit.pk} to Sunny house: ")


def test_nobody_books_without_signing_in(listing):
    assert schedule(ANONYMOUS, listing).data["code"] == "UNAUTHORIZED"


def test_nobody_books_for_somebody_else(seeker, listing, cast):
    schedule(seeker, listing, user_id=cast.admin.id, visitor_id=cast.admin.id)
    assert Visit.objects.get().user_id == seeker.id


@pytest.mark.parametrize(
    ("when", "code"),
    [("2020-01-01T10:00", "VISIT_IN_THE_PAST"), ("someday", "VALIDATION_ERROR"), ("", "VALIDATION_ERROR")],
)
def test_a_time_that_cannot_be_is_refused(seeker, listing, when, code):
    outcome = call(seeker, "visits_schedule", {"property_id": listing.id, "scheduled_date": when})
    assert outcome.data["code"] == code
    assert not Visit.objects.exists()


def test_one_person_is_in_one_place_at_a_time(seeker, listing):
    schedule(seeker, listing)
    assert schedule(seeker, listing).data["code"] == "VISIT_CONFLICT"
    assert Visit.objects.count() == 1


def test_ones_own_visits_are_listed_and_counted(seeker, listing, cast):
    schedule(seeker, listing)
    schedule(Actor.of(cast.tenant), listing, tomorrow(11))
    data = call(seeker, "visits_list").data
    assert [visit["property_id"] for visit in data["visits"]] == [listing.id]
    assert data["counts"] == {"total": 1, "upcoming": 1, "completed": 0, "cancelled": 0}
    assert call(seeker, "visits_list", {"status": "nonsense"}).data["code"] == "VALIDATION_ERROR"


def test_somebody_elses_visit_is_not_there(seeker, listing, cast):
    visit_id = schedule(seeker, listing).data["visit"]["id"]
    stranger = Actor.of(cast.stranger)
    assert call(stranger, "visits_get", {"visit_id": visit_id}).data["code"] == "VISIT_NOT_FOUND"
    assert call(stranger, "visits_cancel", {"visit_id": visit_id}).data["code"] == "VISIT_NOT_FOUND"
    assert Visit.objects.get().status == "requested"


def test_a_visit_is_called_off(seeker, listing):
    visit_id = schedule(seeker, listing).data["visit"]["id"]
    assert call(seeker, "visits_cancel", {"visit_id": visit_id, "reason": "Found one"}).data == {
        "success": True,
        "visit_id": visit_id,
        "status": "cancelled",
    }
    assert call(seeker, "visits_get", {"visit_id": visit_id}).data["visit"]["status"] == "cancelled"
