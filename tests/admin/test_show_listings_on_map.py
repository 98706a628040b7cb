"""The map of the list shows what the list's filters leave, to staff only, and never without a bound."""

import pytest
from django.test import Client
from django.urls import reverse

from ghar import maps
from tests.support.listings import make_listing

POINTS = reverse("admin:properties_property_points")


def _titles(answer):
    return {each["properties"]["title"] for each in answer.json()["features"]}


@pytest.fixture
def listings(cast):
    make_listing(cast.owner, at=(28.46, 77.03), title="Flat", property_type="apartment", base_price=100)
    make_listing(cast.owner, at=(28.47, 77.04), title="Villa", property_type="villa", base_price=900)
    make_listing(cast.owner, title="Nowhere")


def test_all_listings_with_a_position_are_points(cast, browser, listings):
    answer = browser(cast.admin).get(POINTS)
    assert _titles(answer) == {"Flat", "Villa"}
    flat = next(each for each in answer.json()["features"] if each["properties"]["title"] == "Flat")
    assert flat["geometry"] == {"type": "Point", "coordinates": [77.03, 28.46]}


@pytest.mark.parametrize("query", ["property_type__exact=villa", "base_price_from=500&base_price_to=1000", "q=Villa"])
def test_the_filters_of_the_list_hold(cast, browser, listings, query):
    assert _titles(browser(cast.admin).get(f"{POINTS}?{query}")) == {"Villa"}


def test_too_many_are_cut_and_told(cast, browser, listings, monkeypatch):
    monkeypatch.setattr(maps, "MOST_POINTS", 1)
    found = browser(cast.admin).get(POINTS).json()
    assert (len(found["features"]), found["truncated"]) == (1, True)


def test_others_get_no_points(cast, browser, listings):
    assert browser(cast.owner).get(POINTS).status_code == 302
    assert Client().get(POINTS).status_code == 302


def test_agents_get_no_shared_home_before_moderation(cast, browser):
    make_listing(
        cast.owner,
        at=(28.4, 77.0),
        property_type="pg",
        purpose="rent",
        listing_preferences={"moderation_status": "pending"},
    )
    assert _titles(browser(cast.agent).get(POINTS)) == set()
