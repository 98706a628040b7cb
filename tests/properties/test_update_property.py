"""A listing is changed by whom it concerns, and only in what is given."""

import pytest

from apps.properties.models import Amenity, Property
from tests.support.listings import CENTRE, add_amenities, add_images, make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def put(api, cast):
    """`put(listing, person=owner, **changes)` changes a listing over REST."""
    return lambda listing, person=None, **changes: api.as_(person or cast.owner).put(
        f"/api/v1/properties/{listing.pk}", changes
    )


@pytest.fixture
def house(cast):
    return make_listing(cast.owner, at=CENTRE, title="Sunny house", description="Bright", bedrooms=3)


def pg(cast, status="live", **fields):
    return make_listing(
        cast.owner,
        property_type="pg",
        purpose="rent",
        monthly_rent=9000,
        listing_preferences={"moderation_status": status, "pets": "no"},
        is_available=status == "live",
        **fields,
    )


def refused(answer, status, code):
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code), answer.content
    return True


def test_only_what_is_given_changes(put, house):
    body = put(house, title="Rainy house", base_price=6_000_000.5, bedrooms=None, country=None, purpose=None).json()
    assert (body["title"], body["base_price"], body["bedrooms"]) == ("Rainy house", 6000000.5, None)
    assert (body["description"], body["country"], body["purpose"]) == ("Bright", "India", "buy")


def test_who_may(put, house, cast):
    cast.agent_profile, cast.other_agent_profile  # noqa: B018
    for person in (cast.owner, cast.agent, cast.admin):
        assert put(house, person, title=f"By {person.full_name}").json()["title"] == f"By {person.full_name}"
    for person in (cast.stranger, cast.tenant, cast.other_agent):
        assert refused(put(house, person, title="Mine"), 403, "NOT_YOUR_LISTING")


def test_a_hidden_listing_is_not_there_for_others(put, cast):
    assert refused(put(pg(cast, "rejected"), cast.stranger, title="Mine"), 404, "PROPERTY_NOT_FOUND")


def test_there_is_no_such_listing(put, house):
    house.pk = 987654321
    assert refused(put(house, title="Nothing"), 404, "PROPERTY_NOT_FOUND")


def test_the_place_moves(put, house):
    assert put(house, latitude=28.5).json()["latitude"] == 28.5
    house.refresh_from_db()
    assert (house.location.y, house.location.x) == pytest.approx((28.5, CENTRE[1]))
    assert put(house, latitude=None, longitude=None).json()["latitude"] is None
    assert put(house, latitude=28.5).json()["detail"][0]["loc"] == ["body", "longitude"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "<i></i>"}, "title"),
        ({"base_price": -1}, "base_price"),
        ({"base_price": 2e8}, "base_price"),
        ({"purpose": "rent"}, "monthly_rent"),
        ({"property_type": "flatmate"}, "purpose"),
        ({"status": "sold", "is_available": True}, "is_available"),
        ({"status": "vanished"}, "status"),
        ({"longitude": 181}, "longitude"),
        ({"amenity_ids": [987654321]}, "amenity_ids"),
        ({"listing_preferences": {"society_amenities": "pool"}}, "listing_preferences"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(put, house, changes, field):
    answer = put(house, description="New", **changes)
    assert answer.status_code == 422
    assert field in {wrong["loc"][1] for wrong in answer.json()["detail"]}
    house.refresh_from_db()
    assert house.description == "Bright"


def test_a_listing_of_a_feed_gets_another_title_without_a_rent(put, cast):
    listing = make_listing(cast.owner, purpose="rent", base_price=200_000_000)
    assert put(listing, title="Other", base_price=200_000_000).json()["title"] == "Other"


def test_what_is_sold_goes_off_the_market_and_comes_back(put, house):
    assert put(house, status="sold").json()["is_available"] is False
    assert put(house, is_available=True).status_code == 422
    assert put(house, status="available").json()["is_available"] is True


def test_pictures_are_replaced_and_keep_what_is_written_on_them(put, house):
    front, hall = add_images(house, "front", "hall")
    hall.caption = "The hall"
    hall.save()
    plan = house.images.create(image_url="https://pictures.example/plan.webp", image_category="floor_plan")
    new = "https://pictures.example/new.webp"
    body = put(house, image_urls=[hall.image_url, new]).json()
    assert body["main_image_url"] == hall.image_url
    shown = {image["image_url"]: image for image in body["images"]}
    assert set(shown) == {hall.image_url, new, plan.image_url}
    assert (shown[hall.image_url]["id"], shown[hall.image_url]["caption"]) == (hall.pk, "The hall")
    assert [shown[url]["is_main_image"] for url in (hall.image_url, new)] == [True, False]
    assert put(house, main_image_url=new).json()["main_image_url"] == new
    assert house.images.get(is_main_image=True).image_url == new
    assert put(house, image_urls=[]).json()["main_image_url"] is None
    assert list(house.images.all()) == [plan]
    assert front.image_url not in put(house, title="Again").json()["image_urls"]


def test_amenities_are_replaced_also_by_none(put, house):
    add_amenities(house, "Ballroom", "Moat")
    tower = Amenity.objects.create(title="Tower")
    moat = Amenity.objects.get(title="Moat")
    body = put(house, amenity_ids=[tower.pk, moat.pk]).json()
    assert [entry["title"] for entry in body["amenities"]] == ["Moat", "Tower"]
    assert put(house, amenity_ids=[]).json()["amenities"] == []


def test_a_retired_amenity_stays_and_does_not_come(put, house):
    add_amenities(house, "Moat")
    moat = Amenity.objects.get(title="Moat")
    Amenity.objects.filter(pk=moat.pk).update(is_active=False)
    assert len(put(house, amenity_ids=[moat.pk]).json()["amenities"]) == 1
    put(house, amenity_ids=[])
    assert put(house, amenity_ids=[moat.pk]).status_code == 422


def test_preferences_of_a_house_are_replaced_but_not_the_platforms_keys(put, house):
    Property.objects.filter(pk=house.pk).update(
        listing_preferences={"pets": "no", "verification": {"is_verified": True}}
    )
    kept = put(house, listing_preferences={"guests_policy": "any", "verification": None}, society_type="gated").json()
    assert kept["listing_preferences"] == {
        "guests_policy": "any", "verification": {"is_verified": True}, "society_type": "gated",
    }  # fmt: skip


def test_a_changed_shared_home_waits_for_a_review_again(put, cast, api):
    home = pg(cast)
    body = put(home, description="Now with cocaine", listing_preferences={"moderation_status": "live"}).json()
    kept = body["listing_preferences"]
    assert (kept["moderation_status"], kept["pets"], body["is_available"]) == ("pending_review", "no", False)
    assert "illegal_substances" in {flag["code"] for flag in kept["ai_prescreen_flags"]}
    assert api.get(f"/api/v1/properties/{home.pk}").status_code == 404
    cleaned = put(home, description="Now with a garden").json()["listing_preferences"]["ai_prescreen_flags"]
    assert "illegal_substances" not in {flag["code"] for flag in cleaned}


def test_the_same_again_is_no_change(put, cast):
    home = pg(cast)
    body = put(home, title=home.title, listing_preferences={"pets": "no"}).json()
    assert (body["listing_preferences"]["moderation_status"], body["is_available"]) == ("live", True)


@pytest.mark.parametrize("switch", [{"is_available": False}, {"listing_preferences": {"moderation_status": "paused"}}])
def test_an_owner_pauses_and_resumes_an_approved_home(put, cast, switch):
    home = pg(cast)
    body = put(home, **switch).json()
    assert (body["listing_preferences"]["moderation_status"], body["is_available"]) == ("paused", False)
    body = put(home, listing_preferences={"moderation_status": "live"}).json()
    assert (body["listing_preferences"]["moderation_status"], body["is_available"]) == ("live", True)
    assert body["listing_preferences"]["pets"] == "no"


def test_an_edit_that_brings_the_status_along_is_an_edit(put, api, cast):
    home = pg(cast)
    sent = api.as_(cast.owner).get(f"/api/v1/properties/{home.pk}").json()["listing_preferences"]
    body = put(home, listing_preferences={**sent, "gender_preference": "male", "pets": "yes"}).json()
    kept = body["listing_preferences"]
    assert (sent["moderation_status"], kept["moderation_status"], body["is_available"]) == (
        "live", "pending_review", False,
    )  # fmt: skip
    assert (kept["gender_preference"], kept["pets"]) == ("male", "yes")


def test_a_rejected_home_is_mended_and_reviewed_again(put, cast):
    body = put(pg(cast, "rejected"), listing_preferences={"moderation_status": "live", "pets": "yes"}).json()
    kept = body["listing_preferences"]
    assert (kept["moderation_status"], kept["pets"], body["is_available"]) == ("pending_review", "yes", False)


def test_the_switch_may_come_with_all_that_is_so_already(put, api, cast):
    home = pg(cast)
    sent = api.as_(cast.owner).get(f"/api/v1/properties/{home.pk}").json()
    wishes = {**sent["listing_preferences"], "food_habits": None, "moderation_status": "paused"}
    for given in ({}, {"title": home.title, "description": None}):
        body = put(home, listing_preferences=wishes, **given).json()
        assert (body["listing_preferences"]["moderation_status"], body["is_available"]) == ("paused", False)
        put(home, listing_preferences={"moderation_status": "live"})


def test_an_availability_of_null_switches_nothing(put, cast):
    body = put(pg(cast), is_available=None).json()
    assert (body["listing_preferences"]["moderation_status"], body["is_available"]) == ("live", True)


@pytest.mark.parametrize("status", ["pending_review", "rejected"])
@pytest.mark.parametrize("switch", [{"is_available": True}, {"listing_preferences": {"moderation_status": "live"}}])
def test_no_owner_approves_their_own_home(put, cast, status, switch):
    home = pg(cast, status)
    assert refused(put(home, **switch), 409, "LISTING_NOT_APPROVED")
    home.refresh_from_db()
    assert (home.listing_preferences["moderation_status"], home.is_available) == (status, False)


def test_a_rejected_home_does_not_go_live_as_something_else(put, cast):
    assert refused(put(pg(cast, "rejected"), property_type="room"), 409, "LISTING_NOT_APPROVED")
    assert put(pg(cast, "live"), property_type="room").json()["property_type"] == "room"


def test_an_admins_change_needs_no_review(put, cast):
    body = put(pg(cast), cast.admin, title="Corrected", listing_preferences={"pets": "yes"}).json()
    assert body["listing_preferences"]["moderation_status"] == "live"
    body = put(pg(cast, "pending_review"), cast.admin, listing_preferences={"moderation_status": "live"}).json()
    assert (body["listing_preferences"]["moderation_status"], body["is_available"]) == ("live", True)
