"""Demo data: a marketplace to look at, on a machine without any feed."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from PIL import Image

from apps.accounts.models import User
from apps.properties.models import Property, PropertyImage, PropertyPurpose, PropertyType
from tests.support import demo
from tests.support.cast import Cast
from tests.support.client import Client

pytestmark = pytest.mark.django_db
SOME = 60


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for the pictures."""
    demo.make_small(settings, monkeypatch, tmp_path, listings=SOME)
    return tmp_path / "demo"


def _run(command: str, *options: str) -> str:
    out = StringIO()
    call_command(command, *options, stdout=out)
    return out.getvalue().splitlines()[-1] if command == "load_demo" else out.getvalue()


def test_misspelt_searches_are_corrected_at_once(api: Client) -> None:
    _run("load_demo")
    page = api.get("/api/v1/properties", {"q": "appartment"}).json()
    assert page["items"]
    assert page["filters_applied"]["corrected"] == {"appartment": "apartment"}


def test_listings_of_every_kind_and_purpose_are_loaded_and_flagged() -> None:
    _run("load_demo")
    assert Property.objects.filter(is_seed_data=True).count() == SOME
    assert set(Property.objects.values_list("property_type", flat=True)) == set(PropertyType.values)
    assert set(Property.objects.values_list("purpose", flat=True)) == set(PropertyPurpose.values)
    assert not Property.objects.filter(location=None).exists()
    assert all(listing.owner.is_seed_data for listing in Property.objects.select_related("owner"))


def test_rents_are_named_and_shared_rooms_are_moderated() -> None:
    _run("load_demo")
    assert not Property.objects.filter(purpose="rent", monthly_rent=None).exists()
    for shared in Property.objects.filter(property_type__in=("pg", "flatmate")):
        status = shared.listing_preferences["moderation_status"]
        assert status in ("live", "pending_review")
        assert shared.is_available == (status == "live")


def test_every_picture_that_is_shown_is_a_real_file(media: Path) -> None:
    _run("load_demo")
    urls = set(PropertyImage.objects.values_list("image_url", flat=True))
    assert urls
    for url in urls:
        assert url.startswith("http")
        with Image.open(media / url.rpartition("/media/demo/")[2]) as picture:
            assert (picture.format, picture.size) == ("WEBP", (960, 640))


def test_a_second_load_adds_nothing(media: Path) -> None:
    _run("load_demo")
    before = list(Property.objects.order_by("id").values()), sorted(media.iterdir())
    assert _run("load_demo") == "Everything was there already; nothing added."
    assert (list(Property.objects.order_by("id").values()), sorted(media.iterdir())) == before


def test_what_is_missing_comes_back_the_same() -> None:
    _run("load_demo")
    lost = Property.objects.get(source_id="demo-0007")
    lost.delete()
    assert _run("load_demo") == "Added 1 listings."
    back = Property.objects.get(source_id="demo-0007")
    assert (back.title, back.base_price, back.owner_id) == (lost.title, lost.base_price, lost.owner_id)


def _shown() -> set[str | None]:
    """Where the pictures of all listings are."""
    shown: set[str | None] = set(PropertyImage.objects.values_list("image_url", flat=True))
    return shown | set(Property.objects.values_list("main_image_url", flat=True))


@pytest.mark.parametrize("options", [(), ("--addresses",)])
def test_pictures_follow_the_platform_to_another_address(settings: Any, options: tuple[str, ...]) -> None:
    _run("load_demo")
    before = {str(url).removeprefix(settings.PUBLIC_BASE_URL) for url in _shown()}
    settings.PUBLIC_BASE_URL = "http://127.0.0.1:3655"
    assert "addresses of pictures" in _run("load_demo", *options)
    assert _shown() == {f"http://127.0.0.1:3655{path}" for path in before}
    assert _run("load_demo", *options) == "Everything was there already; nothing added."


def test_a_picture_that_somebody_added_keeps_its_address(settings: Any) -> None:
    _run("load_demo")
    elsewhere = "https://pictures.example/demo/front.webp"
    Property.objects.filter(source_id="demo-0007").update(main_image_url=elsewhere)
    settings.PUBLIC_BASE_URL = "http://127.0.0.1:3655"
    _run("load_demo")
    assert Property.objects.get(source_id="demo-0007").main_image_url == elsewhere


def test_listings_that_were_cleared_do_not_come_back_with_another_address(settings: Any) -> None:
    _run("load_demo")
    _run("clear_seed")
    settings.PUBLIC_BASE_URL = "http://127.0.0.1:3655"
    _run("load_demo", "--addresses")
    assert not Property.objects.exists()


def test_clearing_leaves_no_row_and_no_file(media: Path) -> None:
    _run("load_demo")
    _run("clear_seed")
    assert not Property.objects.exists()
    assert not User.objects.exists()
    assert not media.exists()
    assert _run("clear_seed").splitlines()[-1] == "There was no demo data."


def test_clearing_leaves_real_rows_alone(cast: Cast) -> None:
    _run("load_demo")
    real = Property.objects.create(title="Real", property_type="house", purpose="buy", base_price=1, owner=cast.owner)
    _run("clear_seed")
    assert list(Property.objects.all()) == [real]
    assert list(User.objects.all()) == [cast.owner]


def test_a_demo_owner_of_a_real_listing_stays_and_is_told() -> None:
    _run("load_demo")
    owner = User.objects.get(email="owner1@demo.ghar.example")
    real = Property.objects.create(title="Real", property_type="house", purpose="buy", base_price=1, owner=owner)
    told = _run("clear_seed")
    assert list(Property.objects.all()) == [real]
    assert list(User.objects.all()) == [owner]
    assert "1 people kept, because real rows hang on them" in told
