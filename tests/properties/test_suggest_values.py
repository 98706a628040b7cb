"""What forms suggest while somebody types."""

import pytest

from ghar import prompts
from ghar.actors import ANONYMOUS
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db


def suggested(field, value, **others):
    outcome = prompts.complete(ANONYMOUS, field, value, others)
    assert outcome.error is None, outcome.data
    return outcome.data["values"]


@pytest.fixture(autouse=True)
def homes(cast):
    for city, locality in (
        ("Gurugram", "Sector 45"),
        ("Gurugram", "Sushant Lok"),
        ("Gurugram", "Sushant Lok"),
        ("Gurugram", "100%"),
        ("Goa", "Sector 9"),
    ):
        make_listing(cast.owner, city=city, locality=locality)
    make_listing(cast.owner, city="Gwalior", locality="Sector 1", is_available=False)
    shared = {"property_type": "pg", "purpose": "rent", "listing_preferences": {"moderation_status": "pending_review"}}
    make_listing(cast.owner, city="Gaya", locality="Sector 2", **shared)


def test_cities_of_available_listings_the_most_frequent_first():
    assert suggested("city", "g") == ["Gurugram", "Goa"]
    assert suggested("city", "x") == []


def test_localities_of_a_city_under_any_of_its_names():
    assert suggested("locality", "S") == ["Sushant Lok", "Sector 45", "Sector 9"]
    assert suggested("locality", "se", city="Gurgaon") == ["Sector 45"]


def test_what_is_typed_is_no_pattern():
    assert suggested("locality", "%") == []
    assert suggested("locality", "100%") == ["100%"]


def test_amenities():
    assert "Lift" in suggested("amenity", "li")
    assert suggested("amenity", "no such thing") == []


def test_too_long_a_beginning_is_refused():
    assert prompts.complete(ANONYMOUS, "city", "x" * 101, {}).data["code"] == "VALIDATION_ERROR"
