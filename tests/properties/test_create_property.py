"""Somebody puts in a listing: whole, or not at all."""

import pytest

from apps.properties.models import Amenity, Property, PropertyImage
from tests.support.listings import CENTRE

pytestmark = pytest.mark.django_db
URL = "/api/v1/properties"
HOUSE = {"title": "Sunny house", "property_type": "house", "purpose": "buy", "base_price": 5_000_000}
RENTED = {**HOUSE, "purpose": "rent", "monthly_rent": 25_000}


@pytest.fixture
def create(api, cast):
    """`create(body, person=owner, **query)` puts in a listing over REST."""

    def call(body, person=None, **query):
        ask = "&".join(f"{name}={value}" for name, value in query.items())
        return api.as_(person or cast.owner).post(f"{URL}?{ask}", body)

    return call


def refused(answer):
    assert answer.status_code == 422, answer.content
    assert not Property.objects.exists()
    return {wrong["loc"][1] for wrong in answer.json()["detail"]}


def test_what_was_written_is_there(create, cast):
    latitude, longitude = CENTRE
    parking = Amenity.objects.create(title="Hall of mirrors")
    body = create(
        {
            **HOUSE,
            "base_price": "12345678.905",
            "description": "<p>Bright<script>alert(1)</script></p>",
            "latitude": latitude,
            "longitude": longitude,
            "city": "Gurugram",
            "pincode": "122001",
            "bedrooms": 3,
            "features": ["Park view"],
            "tags": ["new"],
            "image_urls": ["https://a.example/1.webp", " ", "file:///phone/2.jpg", "https://a.example/1.webp",
                           "https://a.example/3.webp"],
            "amenity_ids": [parking.pk, parking.pk],
            "available_from": "2030-05-01",
            "owner_name": "Somebody else",
            "owner_id": 987654321,
            "view_count": 7,
        }
    ).json()  # fmt: skip
    assert (body["owner_id"], body["owner_name"], body["view_count"]) == (cast.owner.pk, "Olive Owner", 0)
    assert (body["base_price"], body["description"]) == (12345678.91, "<p>Bright</p>")
    assert (body["latitude"], body["longitude"]) == pytest.approx(CENTRE)
    assert body["image_urls"] == ["https://a.example/1.webp", "https://a.example/3.webp"]
    assert body["main_image_url"] == "https://a.example/1.webp"
    assert [image["is_main_image"] for image in body["images"]] == [True, False]
    assert [entry["amenity_id"] for entry in body["amenities"]] == [parking.pk]
    assert body["available_from"].startswith("2030-05-01T00:00:00+05:30") or "2030-04-30" in body["available_from"]
    assert (body["is_available"], body["status"], body["country"]) == (True, "available", "India")


def test_it_is_found_at_once(create, api):
    made = create(HOUSE).json()["id"]
    assert [found["id"] for found in api.get(URL).json()["items"]] == [made]


def test_a_named_main_picture_is_among_the_pictures(create):
    one, two = "https://a.example/1.webp", "https://a.example/2.webp"
    body = create({**HOUSE, "image_urls": [one], "main_image_url": two}).json()
    assert (body["main_image_url"], body["image_urls"]) == (two, [two, one])
    assert [image["is_main_image"] for image in body["images"]] == [True, False]


def test_an_amenity_that_is_not_there_leaves_nothing(create):
    body = {**HOUSE, "amenity_ids": [987654321], "image_urls": ["https://a.example/1.webp"]}
    assert refused(create(body)) == {"amenity_ids"}
    assert not PropertyImage.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "<b></b>"}, "title"),
        ({"base_price": -1}, "base_price"),
        ({"base_price": 100_000_001}, "base_price"),
        ({"base_price": "nan"}, "base_price"),
        ({"base_price": "1e300"}, "base_price"),
        ({"base_price": None}, "base_price"),
        ({"monthly_rent": -5}, "monthly_rent"),
        ({"security_deposit": 1e11}, "security_deposit"),
        ({"property_type": "castle"}, "property_type"),
        ({"purpose": "steal"}, "purpose"),
        ({"purpose": "rent"}, "monthly_rent"),
        ({"purpose": "rent", "monthly_rent": 0}, "monthly_rent"),
        ({"property_type": "pg", "monthly_rent": 9000}, "purpose"),
        ({"latitude": 91, "longitude": 77}, "latitude"),
        ({"latitude": 28.4}, "longitude"),
        ({"longitude": 77}, "latitude"),
        ({"pincode": "12345"}, "pincode"),
        ({"pincode": "१२२००१"}, "pincode"),
        ({"bedrooms": 101}, "bedrooms"),
        ({"windows_count": 101}, "windows_count"),
        ({"ventilation_shafts": 51}, "ventilation_shafts"),
        ({"other_charges_description": "x" * 301}, "other_charges_description"),
        ({"image_urls": [f"https://a.example/{n}" for n in range(51)]}, "image_urls"),
        ({"image_urls": "https://a.example/1"}, "image_urls"),
        ({"main_image_url": "javascript:alert(1)"}, "main_image_url"),
        ({"virtual_tour_url": "ftp://a.example"}, "virtual_tour_url"),
        ({"available_from": "someday"}, "available_from"),
        ({"kitchen_type": "huge"}, "kitchen_type"),
        ({"listing_preferences": []}, "listing_preferences"),
        ({"listing_preferences": {"gender_preference": "cat"}}, "listing_preferences"),
        ({"sharing_type": "bed"}, "sharing_type"),
        ({"amenity_ids": ["lift"]}, "amenity_ids"),
        ({"title": "A\x00"}, "title"),
    ],
)
def test_what_cannot_be_is_refused_by_name(create, wrong, field):
    assert field in refused(create({**HOUSE, **wrong}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"society_amenities": "pool"},
        {"society_vibe_tags": [1, {"a": 2}]},
        {"society_type": {"gated": True}},
        {"sharing_type": "bed"},
        {"video_tour_url": "javascript:alert(1)"},
        {"moderation_status": ["live"]},
        {"food_habits": {"a": 1}},
        {"pets": [1]},
        {"pets": True},
        {"parties_at_home": "x" * 501},
    ],
)
def test_what_is_known_of_preferences_is_checked_by_name(create, wrong):
    answer = create({**HOUSE, "listing_preferences": {"pets": "no", **wrong}})
    assert refused(answer) == {"listing_preferences"}
    assert {said["loc"][2] for said in answer.json()["detail"]} == {*wrong}


def test_what_is_not_known_of_preferences_is_kept_as_it_is(create):
    wishes = {
        "pets": "",
        "society_amenities": ["pool"],
        "video_tour_url": "HTTPS://a.example/tour",
        "cats": [1, {"a": 2}],
    }
    body = create({**HOUSE, "listing_preferences": wishes}).json()
    assert body["listing_preferences"] == {**wishes, "pets": None}
    assert body["society_amenities"] == ["pool"]


def test_fifty_addresses_and_blanks_are_no_fault(create):
    body = create({**HOUSE, "pincode": "", "available_from": "", "city": "", "kitchen_type": "", "main_image_url": ""})
    assert body.status_code == 200, body.content
    assert (body.json()["pincode"], body.json()["city"]) == (None, None)


def test_nobody_lists_without_signing_in(api):
    assert api.post(URL, HOUSE).status_code == 401


def test_a_repeated_request_makes_one_listing(api, cast):
    client = api.as_(cast.owner)
    first, second = (client.post(URL, HOUSE, HTTP_IDEMPOTENCY_KEY="same").json()["id"] for _ in range(2))
    assert first == second
    assert Property.objects.count() == 1


def test_for_whom_one_lists(create, cast):
    cast.agent_profile  # noqa: B018 - the owner becomes a customer
    assert create(HOUSE, cast.agent, owner_id=cast.owner.pk).json()["owner_id"] == cast.owner.pk
    assert create(HOUSE, cast.admin, owner_id=cast.tenant.pk).json()["owner_id"] == cast.tenant.pk
    assert create(HOUSE, cast.owner, owner_id=cast.owner.pk).json()["owner_id"] == cast.owner.pk
    for person, owner in ((cast.agent, cast.tenant), (cast.other_agent, cast.owner), (cast.stranger, cast.owner)):
        answer = create(HOUSE, person, owner_id=owner.pk)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "NOT_YOUR_CUSTOMER")
    answer = create(HOUSE, cast.admin, owner_id=987654321)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "USER_NOT_FOUND")
    assert Property.objects.count() == 3


def test_an_agent_who_works_no_more_lists_for_nobody(create, cast):
    cast.agent_profile.is_active = cast.agent_profile.is_available = False
    cast.agent_profile.save()
    assert create(HOUSE, cast.agent, owner_id=cast.owner.pk).status_code == 403


def test_a_shared_home_waits_for_a_review_whatever_its_owner_writes(create, api, cast):
    body = create(
        {
            **RENTED,
            "property_type": "pg",
            "gender_preference": "female",
            "listing_preferences": {
                "pets": "no", "moderation_status": "live", "moderated_by": 1, "verification": {"is_verified": True},
            },
        }
    ).json()  # fmt: skip
    kept = body["listing_preferences"]
    assert (kept["moderation_status"], body["is_available"]) == ("pending_review", False)
    assert (kept["pets"], kept["gender_preference"], body["gender_preference"]) == ("no", "female", "female")
    assert "moderated_by" not in kept
    assert "verification" not in kept
    assert kept["ai_prescreen_result"] == "flagged"
    assert "missing_photos" in {flag["code"] for flag in kept["ai_prescreen_flags"]}
    assert api.get(f"{URL}/{body['id']}").status_code == 404


def test_an_agent_sees_what_they_put_in_for_a_customer(create, cast):
    cast.agent_profile  # noqa: B018
    answer = create({**RENTED, "property_type": "flatmate"}, cast.agent, owner_id=cast.owner.pk)
    assert answer.status_code == 200, answer.content
    assert answer.json()["listing_preferences"]["moderation_status"] == "pending_review"
