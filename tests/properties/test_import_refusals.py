"""A file that is no feed is refused with a sentence that helps, before anything is written."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.properties.models import Property
from tests.properties import feed

pytestmark = pytest.mark.django_db


def _refused(listings: Path, places: Path, **options: object) -> str:
    with pytest.raises(CommandError) as refusal:
        call_command("import_listings", listings, geo=places, **options)
    assert not Property.objects.exists()
    assert not User.objects.exists()
    return str(refusal.value)


def test_a_missing_file(tmp_path: Path) -> None:
    _, places = feed.write(tmp_path, feed.house())
    assert "No such file" in _refused(tmp_path / "nothing.csv", places)


def test_a_folder(tmp_path: Path) -> None:
    _, places = feed.write(tmp_path, feed.house())
    assert "cannot be read" in _refused(tmp_path, places)


def test_a_missing_geo_file(tmp_path: Path) -> None:
    listings, _ = feed.write(tmp_path, feed.house())
    assert "No such file" in _refused(listings, tmp_path / "nothing.csv")


def test_a_geo_file_of_another_kind(tmp_path: Path) -> None:
    listings, _ = feed.write(tmp_path, feed.house())
    assert "lacks the columns sector, coordinates" in _refused(listings, listings)


def test_a_bad_line_after_good_ones(tmp_path: Path) -> None:
    listings, places = feed.write(tmp_path, *(feed.house(property_id=f"H{n}") for n in range(150)))
    with listings.open("a", encoding="utf-8") as file:
        file.write("only,three,cells\n")
    assert "row 152 has 3 cells" in _refused(listings, places)


def test_a_name_of_a_source_that_does_not_fit(tmp_path: Path) -> None:
    listings, places = feed.write(tmp_path, feed.house())
    assert "1 to 64 characters" in _refused(listings, places, source="x" * 65)


def test_a_report_that_cannot_be_written(tmp_path: Path) -> None:
    listings, places = feed.write(tmp_path, feed.house())
    assert "cannot be written" in _refused(listings, places, report=tmp_path / "no" / "such.csv")
