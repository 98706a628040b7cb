"""Admins decide on the screen which shared homes are seen."""

import pytest
from django.urls import reverse

from tests.support.listings import make_listing
from tests.support.screens import act

LIST = "admin:properties_property_changelist"


@pytest.fixture
def home(cast):
    preferences = {"moderation_status": "pending_review", "ai_prescreen_reason": "There are 0 pictures"}
    return make_listing(
        cast.owner, property_type="pg", purpose="rent", is_available=False, listing_preferences=preferences
    )


def choose(client, action, *listings):
    body = {"action": action, "_selected_action": [listing.pk for listing in listings]}
    return act(client, reverse(LIST), body)


@pytest.mark.parametrize(
    ("action", "status"), [("approve", "live"), ("reject", "rejected"), ("send_back", "pending_review")]
)
def test_a_decision(cast, browser, home, api, action, status):
    choose(browser(cast.admin), action, home)
    home.refresh_from_db()
    assert home.listing_preferences["moderation_status"] == status
    assert api.get(f"/api/v1/properties/{home.pk}").status_code == (200 if status == "live" else 404)


def test_a_house_among_them_is_named_and_the_others_go_on(cast, browser, home):
    house = make_listing(cast.owner, title="A house")
    page = choose(browser(cast.admin), "approve", house, home)
    home.refresh_from_db()
    assert home.is_live
    assert "Only PG and flatmate listings are moderated" in page.content.decode()


def test_what_the_first_look_found_is_shown(cast, browser, home):
    page = browser(cast.admin).get(reverse("admin:properties_property_change", args=[home.pk]))
    assert "There are 0 pictures" in page.content.decode()


def test_agents_decide_nothing(cast, browser, home):
    choose(browser(cast.agent), "approve", home)
    home.refresh_from_db()
    assert home.listing_preferences["moderation_status"] == "pending_review"
