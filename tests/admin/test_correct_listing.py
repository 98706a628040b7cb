"""Admins correct listings; what they type is cleaned as everywhere."""

import pytest
from django.urls import reverse

from tests.support.listings import CENTRE, make_listing
from tests.support.screens import act

NO_ROWS = {
    f"{prefix}-{name}": 0 for prefix in ("images", "property_amenities") for name in ("TOTAL_FORMS", "INITIAL_FORMS")
}


@pytest.fixture
def listing(cast):
    return make_listing(cast.owner, at=CENTRE, title="Quiet house")


def _form(client, listing):
    """What a browser would send back unchanged."""
    page = client.get(reverse("admin:properties_property_change", args=[listing.pk]))
    form = page.context["adminform"].form
    values = {}
    for bound in form:
        value = bound.value()
        parts = bound.field.widget.decompress(value) if hasattr(bound.field.widget, "decompress") else None
        if parts is None:
            values[bound.html_name] = value
        else:
            suffixes = bound.field.widget.widgets_names
            values |= {f"{bound.html_name}{suffix}": part for suffix, part in zip(suffixes, parts, strict=True)}
    return {name: value for name, value in values.items() if value not in (None, False)} | NO_ROWS


def _save(client, listing, **changes):
    url = reverse("admin:properties_property_change", args=[listing.pk])
    answer = client.post(url, {**_form(client, listing), **changes})
    listing.refresh_from_db()
    return answer


def test_a_dragged_pin_moves_the_listing(cast, browser, listing):
    answer = _save(browser(cast.admin), listing, location_latitude="28.5", location_longitude="77.1")
    assert answer.status_code == 302
    assert (listing.location.y, listing.location.x) == (28.5, 77.1)


def test_an_emptied_pin_takes_the_position_away(cast, browser, listing):
    _save(browser(cast.admin), listing, location_latitude="", location_longitude="")
    assert listing.location is None


@pytest.mark.parametrize("latitude", ["", "91", "north", "nan"])
def test_half_a_position_or_one_off_the_globe_is_refused(cast, browser, listing, latitude):
    answer = _save(browser(cast.admin), listing, location_latitude=latitude, location_longitude="77.1")
    assert answer.status_code == 200
    assert "location" in answer.context["adminform"].form.errors
    assert listing.location.y == CENTRE[0]


def test_scripts_in_a_description_are_removed(cast, browser, listing):
    _save(browser(cast.admin), listing, description="<p>Sunny</p><script>alert(1)</script>")
    assert listing.description == "<p>Sunny</p>"


def test_a_title_of_markup_alone_is_refused_at_its_field(cast, browser, listing):
    answer = _save(browser(cast.admin), listing, title="<b></b>", landmark="The well")
    form = answer.context["adminform"].form
    assert (form.errors, form["landmark"].value()) == ({"title": ["A title has some text."]}, "The well")
    assert listing.title == "Quiet house"


def test_a_shared_home_that_is_sold_is_refused_by_name(cast, browser, listing):
    answer = _save(browser(cast.admin), listing, property_type="pg")
    assert answer.status_code == 200
    assert listing.property_type == "house"


def test_the_action_takes_listings_off_the_market(cast, browser, listing, api):
    act(
        browser(cast.admin),
        reverse("admin:properties_property_changelist"),
        {"action": "take_offline", "_selected_action": [listing.pk]},
    )
    assert api.get("/api/v1/properties").json()["items"] == []


def test_an_agent_may_look_and_not_save(cast, browser, listing):
    agent = browser(cast.agent)
    change = reverse("admin:properties_property_change", args=[listing.pk])
    assert agent.get(change).status_code == 200
    assert agent.post(change, {"title": "Mine"}).status_code == 403


def test_an_agent_does_not_find_a_shared_home_before_moderation(cast, browser):
    hidden = make_listing(
        cast.owner, property_type="pg", purpose="rent", listing_preferences={"moderation_status": "pending"}
    )
    change = reverse("admin:properties_property_change", args=[hidden.pk])
    assert browser(cast.agent).get(change).status_code == 302
    assert browser(cast.admin).get(change).status_code == 200
