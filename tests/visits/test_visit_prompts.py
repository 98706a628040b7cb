"""Requests about visits that a person picks from a menu."""

from datetime import timedelta

import pytest

from ghar import clock, prompts
from ghar.actors import Actor
from tests.support.listings import make_listing
from tests.support.visits import make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(cast):
    return make_listing(cast.owner, title="Sunny house")


def test_a_visit_is_prepared_with_its_listing(cast, listing):
    visit = make_visit(cast.seeker, listing)
    said = prompts.get(Actor.of(cast.seeker), "prepare_a_visit", {"visit_id": str(visit.pk)})
    assert "Sunny house" in said.data["text"]
    assert said.data["about"] == [f"ghar://listing/{listing.pk}"]


def test_nobody_prepares_somebody_elses(cast, listing):
    visit = make_visit(cast.seeker, listing)
    assert prompts.get(Actor.of(cast.stranger), "prepare_a_visit", {"visit_id": visit.pk}).data["code"] == (
        "VISIT_NOT_FOUND"
    )


def test_a_month_is_reviewed_by_its_own_visits_to_ones_own_listings(cast, listing):
    now = clock.now().astimezone(clock.INDIA)
    make_visit(cast.seeker, listing, begins=now, status="confirmed")
    make_visit(cast.tenant, listing, begins=now - timedelta(days=70), status="cancelled")
    make_visit(cast.tenant, make_listing(cast.agent), begins=now, status="cancelled")
    said = prompts.get(Actor.of(cast.owner), "monthly_owner_review", {"month": f"{now:%Y-%m}"})
    assert "I have 1, of which 0 are rented" in said.data["text"]
    assert "month: 1 confirmed." in said.data["text"]


@pytest.mark.parametrize("month", ["2026-13", "2026", "next", "1999-01"])
def test_a_month_that_is_none_is_refused(cast, month):
    refused = prompts.get(Actor.of(cast.owner), "monthly_owner_review", {"month": month})
    assert refused.data["details"][0]["loc"] == ["arguments", "month"]
