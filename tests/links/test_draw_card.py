"""The drawn picture of a listing: what it shows, and when it is another one."""

from io import BytesIO

import pytest
from PIL import Image

from apps.links.rules import cards
from apps.links.rules.cards import Card
from apps.properties.models import Property
from ghar import shared_redis
from ghar.storage import port
from ghar.storage.port import Space
from tests.links.page import Page
from tests.support.png import headless

URL = "/share/properties/{}/card.jpg"
PLAIN = Card("To rent", "₹\u00a045,000 a month", "Sunny house", "3 bedrooms · Sector 54", None)


def opened(data):
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def photograph(colour, form="WEBP"):
    data = BytesIO()
    Image.new("RGB", (640, 640), colour).save(data, form)
    return data.getvalue()


def test_it_is_of_the_size_that_programs_expect():
    picture = opened(cards.draw(PLAIN, None))
    assert (picture.format, picture.size) == ("JPEG", (1200, 630))


def test_the_same_card_is_the_same_picture():
    assert cards.draw(PLAIN, None) == cards.draw(PLAIN, None)


def test_a_photograph_is_behind_the_words():
    red = opened(cards.draw(PLAIN, photograph("red"))).getpixel((600, 165))
    assert red[0] > 200
    assert red[1] < 60


@pytest.mark.parametrize("broken", [b"", b"no picture", photograph("red")[:60], headless(photograph("red", "PNG"))])
def test_a_photograph_that_cannot_be_read_is_left_out(broken):
    assert cards.draw(PLAIN, broken) == cards.draw(PLAIN, None)


@pytest.mark.parametrize("title", ["", "x" * 200, "word " * 60, "धूप वाला घर " * 20, "العربية", "🏠"])
def test_every_title_fits(title):
    card = Card("For sale", "", title, title, None)
    assert opened(cards.draw(card, None)).size == (1200, 630)


@pytest.mark.django_db
def test_it_is_not_sent_twice(api, sunny):
    first = api.get(URL.format(sunny.pk))
    assert (first.status_code, first.headers["Content-Type"]) == (200, "image/jpeg")
    assert opened(first.content).size == (1200, 630)
    again = api.get(URL.format(sunny.pk), headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db
def test_it_is_kept_until_what_is_on_it_changes(api, sunny, clean_redis):
    first = api.get(URL.format(sunny.pk))
    (kept,) = clean_redis.keys("ghar:links:card:*")
    clean_redis.set(kept, b"kept")
    assert api.get(URL.format(sunny.pk)).content == b"kept"
    address = Page(api.get(f"/p/{sunny.pk}")).meta["og:image"]
    assert address.startswith(f"https://the360ghar.com{URL.format(sunny.pk)}?v=")
    Property.objects.filter(pk=sunny.pk).update(monthly_rent=44000)
    second = api.get(URL.format(sunny.pk))
    assert second.headers["ETag"] != first.headers["ETag"]
    assert opened(second.content).size == (1200, 630)
    assert Page(api.get(f"/p/{sunny.pk}")).meta["og:image"] != address


@pytest.mark.django_db
def test_what_does_not_show_on_it_does_not_change_it(api, sunny):
    tag = api.get(URL.format(sunny.pk)).headers["ETag"]
    Property.objects.filter(pk=sunny.pk).update(view_count=7, description="Other words")
    assert api.get(URL.format(sunny.pk)).headers["ETag"] == tag


@pytest.mark.django_db
def test_an_uploaded_photograph_is_on_it(api, sunny, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    storage = port.current()
    storage.save(Space.PUBLIC, "ghar/7/red.webp", BytesIO(photograph("red")), content_type="image/webp")
    Property.objects.filter(pk=sunny.pk).update(main_image_url=storage.url("ghar/7/red.webp"))
    assert opened(api.get(URL.format(sunny.pk)).content).getpixel((600, 165))[0] > 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ghar/7/missing.webp", "../../etc/passwd", "ghar/7/"])
def test_a_photograph_that_is_not_there_is_left_out(api, sunny, name):
    Property.objects.filter(pk=sunny.pk).update(main_image_url=port.current().url("x")[:-1] + name)
    assert api.get(URL.format(sunny.pk)).status_code == 200


@pytest.mark.django_db
def test_it_is_drawn_without_redis(api, sunny):
    shared_redis.rest_redis(ConnectionError("away"))
    assert opened(api.get(URL.format(sunny.pk)).content).size == (1200, 630)


@pytest.mark.django_db
def test_what_the_public_may_not_see_is_not_drawn(api, sunny):
    Property.objects.filter(pk=sunny.pk).update(
        property_type="pg", listing_preferences={"moderation_status": "rejected"}
    )
    assert api.get(URL.format(sunny.pk)).status_code == 404
    assert api.get(URL.format(987654321)).status_code == 404
    assert api.get(URL.format(99999999999999999999)).status_code == 404
