"""One listing: its shape, who sees it, and what of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.properties.serializers.listings import PropertyOut
from tests.support.listings import CENTRE, add_amenities, add_images, make_listing

pytestmark = pytest.mark.django_db


def url(listing):
    return f"/api/v1/properties/{listing.id}"


def test_the_wire_shape_is_the_documented_one(cast, api):
    """PostgreSQL builds the answer and a serializer documents it; they must name the same keys."""
    listing = make_listing(cast.owner, at=CENTRE)
    for client in (api, api.as_(cast.stranger), api.as_(cast.owner), api.as_(cast.admin)):
        assert client.get(url(listing)).json().keys() == PropertyOut().fields.keys()


def test_what_a_listing_says(cast, api):
    listing = make_listing(
        cast.owner, at=CENTRE, base_price="12345678.90", features={"Park": True, "Pool": False}, area_sqft=900.5
    )
    add_images(listing, "front", "hall")
    add_amenities(listing, "Lift")
    answer = api.get(url(listing)).json()
    assert (answer["latitude"], answer["longitude"]) == pytest.approx(CENTRE)
    assert (answer["base_price"], answer["area_sqft"], answer["currency"]) == (12345678.9, 900.5, "INR")
    assert answer["features"] == ["Park"]
    assert answer["image_urls"] == [image["image_url"] for image in answer["images"]]
    assert [image["is_main_image"] for image in answer["images"]] == [True, False]
    assert [(amenity["title"], amenity["name"]) for amenity in answer["amenities"]] == [("Lift", "Lift")]
    assert answer["has_lift"] is True
    assert answer["owner"] == {"id": cast.owner.id, "full_name": "Olive Owner"}
    assert answer["owner_name"] == "Olive Owner"


def test_a_listing_without_anything(cast, api):
    answer = api.get(url(make_listing(cast.owner))).json()
    assert (answer["images"], answer["image_urls"], answer["amenities"]) == ([], [], [])
    assert (answer["latitude"], answer["distance_km"], answer["has_lift"]) == (None, None, False)


def test_one_statement(cast, api):
    listing = make_listing(cast.owner)
    with CaptureQueriesContext(connection) as statements:
        assert api.get(url(listing)).status_code == 200
    assert len(statements) == 1


@pytest.mark.parametrize("number", ["0", "999999999", "9223372036854775807", "99999999999999999999"])
def test_no_such_listing(db, api, number):
    answer = api.get(f"/api/v1/properties/{number}")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "PROPERTY_NOT_FOUND"


def test_sold_and_unavailable_listings_are_shown(cast, api):
    listing = make_listing(cast.owner, status="sold", is_available=False)
    assert api.get(url(listing)).json()["status"] == "sold"


@pytest.mark.parametrize(
    ("status", "seen_by"),
    [
        ("live", {"anonymous", "stranger", "agent", "owner", "admin"}),
        (None, {"anonymous", "stranger", "agent", "owner", "admin"}),
        ("pending_review", {"owner", "admin"}),
        ("rejected", {"owner", "admin"}),
    ],
)
def test_a_shared_home_is_seen_when_it_is_live(cast, api, status, seen_by):
    preferences = {"moderation_status": status} if status else {}
    listing = make_listing(cast.owner, property_type="pg", purpose="rent", listing_preferences=preferences)
    people = {name: api.as_(getattr(cast, name)) for name in ("stranger", "agent", "owner", "admin")}
    seen = {
        name for name, client in {"anonymous": api, **people}.items() if client.get(url(listing)).status_code == 200
    }
    assert seen == seen_by


def test_private_facts_are_for_whom_they_concern(cast, api):
    listing = make_listing(
        cast.owner,
        owner_contact="+919810000001",
        search_keywords="secret words",
        late_fee_policy={"percent": 2},
        listing_preferences={"pets": "yes", "moderation_reason": "blurred"},
    )

    def shown(client):
        answer = client.get(url(listing)).json()
        return (
            answer["owner_contact"],
            answer["search_keywords"],
            answer["late_fee_policy"],
            answer["listing_preferences"],
        )

    everything = ("+919810000001", "secret words", {"percent": 2}, {"pets": "yes", "moderation_reason": "blurred"})
    assert shown(api) == (None, None, None, {"pets": "yes"})
    assert shown(api.as_(cast.stranger)) == ("+919810000001", None, None, {"pets": "yes"})
    assert shown(api.as_(cast.owner)) == everything
    assert shown(api.as_(cast.admin)) == everything
