"""`manage.py import_listings` stores every usable row of a feed, and tells of the others."""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.gis.measure import D
from django.contrib.postgres.search import SearchQuery
from django.core.management import CommandError, call_command
from django.db import connection

from apps.properties.models import Property
from ghar import geo
from tests.properties import feed
from tests.support.cast import Cast
from tests.support.client import Client

pytestmark = pytest.mark.django_db


def _import(folder: Path, *rows: dict[str, str], **options: object) -> str:
    listings, places = feed.write(folder, *rows)
    out = StringIO()
    call_command("import_listings", listings, geo=places, stdout=out, **options)
    return out.getvalue()


def test_a_row_becomes_a_listing_with_its_amenities(tmp_path: Path) -> None:
    _import(tmp_path, feed.house())
    stored = Property.objects.get(source="published", source_id="H1")
    assert (stored.title, stored.city, stored.locality) == (
        "4 Bedroom House for sale in Sector 5 Gurgaon",
        "Gurugram",
        "Sector 5",
    )
    assert (stored.base_price, stored.bedrooms, stored.property_type) == (52_500_000, 4, "house")
    assert stored.is_available
    assert not stored.is_seed_data
    assert set(stored.property_amenities.values_list("amenity__title", flat=True)) == {"Park", "Gym"}


def test_the_position_is_the_centre_of_the_sector_and_says_so(tmp_path: Path) -> None:
    _import(tmp_path, feed.house())
    stored = Property.objects.get(location__dwithin=(geo.point(28.4794, 77.0176), D(m=1)))
    assert stored.tags == ["approximate-location"]


def test_a_place_that_the_geo_file_lacks_is_stored_without_a_position_and_counted(tmp_path: Path) -> None:
    elsewhere = {"property_name": "2 Bedroom House for sale in DLF Phase 1", "address": "DLF Phase 1, Gurgaon, Haryana"}
    told = _import(tmp_path, feed.house(), feed.house(property_id="H2", **elsewhere))
    stored = Property.objects.get(source_id="H2")
    assert stored.location is None
    assert stored.tags == []
    assert "without coordinates (place not in the geo file): 1" in told


def test_misspelt_searches_are_corrected_as_soon_as_listings_are_there(tmp_path: Path, api: Client) -> None:
    _import(tmp_path, feed.house())
    page = api.get("/api/v1/properties", {"q": "house in sectot 5"}).json()
    assert [item["title"] for item in page["items"]] == ["4 Bedroom House for sale in Sector 5 Gurgaon"]
    assert page["filters_applied"]["corrected"] == {"sectot": "sector"}


def test_the_text_search_finds_what_a_description_says(tmp_path: Path) -> None:
    _import(tmp_path, feed.house(description="A moated house."), feed.house(property_id="H2", description="A house."))
    found = Property.objects.filter(search_vector=SearchQuery("moated", config="english"))
    assert list(found.values_list("source_id", flat=True)) == ["H1"]


def test_every_row_is_accounted_for(tmp_path: Path) -> None:
    told = _import(
        tmp_path,
        feed.house(),
        feed.house(),
        feed.house(property_id=""),
        feed.house(property_id="H3", price="Price on Request"),
        feed.house(property_id="H4", price=""),
        feed.house(property_id="H5", bedRoom="many"),
    )
    assert [" ".join(line.split()) for line in told.splitlines()[1:11]] == [
        "6 rows",
        "loaded 1",
        "updated 0",
        "unchanged 0",
        "skipped 5",
        "1 repeated id",
        "1 no id published",
        "1 price on request",
        "1 no price published",
        "1 unreadable cell",
    ]
    assert "row 7 H5 unreadable cell (bedRoom: 'many'" in " ".join(told.split())


def test_the_report_lists_every_skipped_row(tmp_path: Path) -> None:
    report = tmp_path / "skipped.csv"
    _import(tmp_path, feed.house(), feed.house(price="6 Crore"), feed.house(property_id="H3", price=""), report=report)
    assert report.read_text(encoding="utf-8").splitlines() == [
        "row,id,reason,detail",
        '3,H1,repeated id,"row 2 has it already, differs in price"',
        "4,H3,no price published,",
    ]


def test_a_row_that_the_database_refuses_is_skipped_and_the_rest_is_stored(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE properties ADD CONSTRAINT not_twelve CHECK (bedrooms <> 12)")
    twelve = feed.house(property_id="H2", bedRoom="12 Bedrooms")
    told = _import(tmp_path, feed.house(), twelve, feed.house(property_id="H3"))
    assert set(Property.objects.values_list("source_id", flat=True)) == {"H1", "H3"}
    assert "refused by the database" in told
    assert "not_twelve" in told


def test_a_script_in_a_description_is_not_stored(tmp_path: Path) -> None:
    _import(tmp_path, feed.house(description="<p>Airy</p><script>x()</script>"))
    assert Property.objects.get().description == "<p>Airy</p>"


def test_a_dry_run_tells_the_same_and_keeps_nothing(tmp_path: Path) -> None:
    told = _import(tmp_path, feed.house(), dry_run=True)
    assert "loaded 1" in " ".join(told.split())
    assert "nothing was kept" in told
    assert not Property.objects.exists()


@pytest.mark.parametrize("spoken", ["98100 00001", "+919810000001"])
def test_the_owner_can_be_named_by_phone(tmp_path: Path, cast: Cast, spoken: str) -> None:
    owner = cast.owner
    _import(tmp_path, feed.house(), owner=spoken)
    assert Property.objects.get().owner == owner


def test_without_an_owner_the_listings_belong_to_an_account_that_nobody_can_use(tmp_path: Path) -> None:
    _import(tmp_path, feed.house(), feed.house(property_id="H2"))
    (owner,) = {listing.owner for listing in Property.objects.select_related("owner")}
    assert (owner.email, owner.role, owner.subject) == ("imported-listings@ghar.invalid", "user", None)
    assert not owner.check_password("")


@pytest.mark.parametrize(("owner", "says"), [("+919899999999", "No active user"), ("nobody", "neither a phone")])
def test_an_unknown_owner_is_refused_before_anything_is_written(tmp_path: Path, owner: str, says: str) -> None:
    with pytest.raises(CommandError, match=says):
        _import(tmp_path, feed.house(), owner=owner)
    assert not Property.objects.exists()
