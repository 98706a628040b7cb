"""What models learn of listings."""

import pytest

from ghar.actors import ANONYMOUS, Actor
from ghar.tools import call
from tests.support.listings import CENTRE, add_amenities, make_listing

pytestmark = pytest.mark.django_db

CARD = {
    "id", "title", "property_type", "purpose", "status", "city", "locality", "full_address", "base_price", "price",
    "monthly_rent", "daily_rate", "bedrooms", "bathrooms", "area_sqft", "is_available", "is_managed",
    "management_status", "latitude", "longitude", "main_image_url", "created_at", "distance_km",
}  # fmt: skip


def titles(outcome):
    assert outcome.error is None, outcome.data
    return [found["title"] for found in outcome.data["properties"]]


def test_a_wish_in_words_is_a_search(cast):
    make_listing(cast.owner, title="Right, in sector 45", bedrooms=3, base_price=8_900_000)
    make_listing(cast.owner, title="Dear, in sector 45", bedrooms=3, base_price=9_100_000)
    make_listing(cast.owner, title="Small, in sector 45", bedrooms=2, base_price=8_900_000)
    make_listing(cast.owner, title="Elsewhere, in sector 50", bedrooms=3, base_price=8_900_000)
    outcome = call(ANONYMOUS, "discovery_search", {"query": "3 bhk under 90 lakh near sector 45"})
    assert titles(outcome) == ["Right, in sector 45"]
    assert outcome.data["properties"][0].keys() == CARD
    assert (outcome.data["total"], outcome.data["has_more"], outcome.data["limit"]) == (1, False, 20)
    assert outcome.data["filters_applied"]["price_max"] == 9_000_000
    assert outcome.summary == "Found 1 listings, of which 1 are shown."


def test_an_explicit_argument_wins_over_the_words(cast):
    make_listing(cast.owner, title="Two rooms", bedrooms=2)
    make_listing(cast.owner, title="Three rooms", bedrooms=3)
    found = call(ANONYMOUS, "discovery_search", {"query": "3 bhk", "bedrooms_min": 2, "bedrooms_max": 2})
    assert titles(found) == ["Two rooms"]


def test_around_a_point_the_nearest_come_first(cast):
    latitude, longitude = CENTRE
    make_listing(cast.owner, title="Near", at=(latitude + 0.001, longitude))
    make_listing(cast.owner, title="Nearer", at=CENTRE)
    make_listing(cast.owner, title="Far", at=(latitude + 1, longitude))
    found = call(ANONYMOUS, "discovery_search", {"latitude": latitude, "longitude": longitude})
    assert titles(found) == ["Nearer", "Near"]


def test_pages_follow_each_other(cast):
    for number in range(3):
        make_listing(cast.owner, title=f"House {number}")
    first = call(ANONYMOUS, "discovery_search", {"limit": 2})
    second = call(ANONYMOUS, "discovery_search", {"limit": 2, "cursor": first.data["next_cursor"]})
    assert titles(first) + titles(second) == ["House 2", "House 1", "House 0"]


@pytest.mark.parametrize(
    ("given", "limit"),
    [({"limit": 500}, 50), ({"max_results": 3}, 3), ({"queries": [{"query": "plot", "max_results": 4}]}, 4)],
)
def test_the_size_of_a_page_is_understood_and_bounded(given, limit):
    assert call(ANONYMOUS, "discovery_search", given).data["limit"] == limit


@pytest.mark.parametrize(
    "arguments",
    [
        {"property_type": "castle"},
        {"purpose": "steal"},
        {"limit": -1},
        {"price_min": 5, "price_max": 4},
        {"latitude": 91, "longitude": 0},
        {"queries": [{"query": "x", "limit": {"a": 1}}]},
        {"cursor": "made up"},
    ],
)
def test_a_wrong_search_is_refused(arguments):
    assert call(ANONYMOUS, "discovery_search", arguments).error.status in (400, 422)


def test_one_listing_is_told_whole_and_to_each_what_is_theirs(cast):
    listing = make_listing(cast.owner, title="Whole", at=CENTRE, owner_contact="+919810000001")
    seen = {
        who: call(actor, "discovery_property_get", {"property_id": listing.id}).data["property"]
        for who, actor in (("anonymous", ANONYMOUS), ("stranger", Actor.of(cast.stranger)))
    }
    assert seen["anonymous"]["title"] == "Whole"
    assert seen["anonymous"]["owner_contact"] is None
    assert seen["stranger"]["owner_contact"] == "+919810000001"


def test_a_listing_that_is_not_there_has_its_code():
    assert call(ANONYMOUS, "discovery_property_get", {"property_id": 987654321}).data["code"] == "PROPERTY_NOT_FOUND"


def test_amenities_are_listed_by_name(cast):
    add_amenities(make_listing(cast.owner), "Helipad")
    data = call(ANONYMOUS, "discovery_amenities").data
    assert "Helipad" in [amenity["name"] for amenity in data["amenities"]]
    assert data["count"] == len(data["amenities"])
