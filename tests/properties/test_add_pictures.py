"""Pictures are put behind those that a listing has."""

import pytest

from tests.support.listings import add_images, make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def add(api, cast):
    """`add(listing, person=owner, **body)` over REST."""
    return lambda listing, person=None, **body: api.as_(person or cast.owner).post(
        f"/api/v1/properties/{listing.pk}/images", body
    )


def test_they_come_last_and_say_what_they_show(add, cast):
    house = make_listing(cast.owner)
    (front,) = add_images(house, "front")
    house.main_image_url = front.image_url
    house.save()
    body = add(house, image_url="https://a.example/1.webp", caption="Kitchen", image_category="kitchen").json()
    assert body["image_urls"] == [front.image_url, "https://a.example/1.webp"]
    assert body["main_image_url"] == front.image_url
    assert [(image["caption"], image["image_category"]) for image in body["images"]] == [
        (None, "others"), ("Kitchen", "kitchen"),
    ]  # fmt: skip


def test_the_first_of_all_is_the_main_one(add, cast):
    body = add(make_listing(cast.owner), image_urls=["https://a.example/1.webp", "https://a.example/2.webp"]).json()
    assert body["main_image_url"] == "https://a.example/1.webp"


def test_fifty_are_the_most(add, cast):
    house = make_listing(cast.owner)
    add(house, image_urls=[f"https://a.example/{n}" for n in range(50)])
    assert add(house, image_url="https://a.example/more").json()["detail"][0]["loc"] == ["body", "image_urls"]
    assert house.images.count() == 50


@pytest.mark.parametrize("body", [{}, {"image_url": ""}, {"image_url": "blob:1"}, {"image_urls": ["file:///1.jpg"]}])
def test_one_at_least_that_others_can_open(add, cast, body):
    assert add(make_listing(cast.owner), **body).status_code == 422


def test_others_add_nothing(add, cast):
    house = make_listing(cast.owner)
    assert add(house, cast.stranger, image_url="https://a.example/1.webp").status_code == 403
    assert not house.images.exists()
