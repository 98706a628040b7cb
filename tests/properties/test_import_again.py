"""Importing a feed again changes what the feed changed, and nothing else."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from apps.properties.models import Property
from tests.properties import feed
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db


def _counts(folder: Path, *rows: dict[str, str], **options: object) -> dict[str, int]:
    listings, places = feed.write(folder, *rows)
    out = StringIO()
    call_command("import_listings", listings, geo=places, stdout=out, **options)
    words = out.getvalue().split()
    return {name: int(words[words.index(name) + 1]) for name in ("loaded", "updated", "unchanged", "skipped")}


def test_the_same_file_again_is_nothing_new(tmp_path: Path) -> None:
    rows = [feed.house(), feed.house(property_id="H2"), feed.house(), feed.house(property_id="H3", price="")]
    assert _counts(tmp_path, *rows) == {"loaded": 2, "updated": 0, "unchanged": 0, "skipped": 2}
    before = list(Property.objects.order_by("id").values())
    assert _counts(tmp_path, *rows) == {"loaded": 0, "updated": 0, "unchanged": 2, "skipped": 2}
    assert list(Property.objects.order_by("id").values()) == before


def test_a_new_price_and_new_features_are_taken_over(tmp_path: Path) -> None:
    _counts(tmp_path, feed.house())
    changed = feed.house(price="6 Crore", features="['Park', 'Swimming Pool']")
    assert _counts(tmp_path, changed) == {"loaded": 0, "updated": 1, "unchanged": 0, "skipped": 0}
    stored = Property.objects.get()
    assert stored.base_price == 60_000_000
    assert set(stored.property_amenities.values_list("amenity__title", flat=True)) == {"Park", "Swimming Pool"}


def test_owner_standing_and_counters_are_left_alone(tmp_path: Path, cast: Cast) -> None:
    _counts(tmp_path, feed.house())
    Property.objects.update(owner=cast.owner, is_available=False, status="sold", view_count=7)
    _counts(tmp_path, feed.house(price="6 Crore"))
    stored = Property.objects.get()
    assert (stored.owner, stored.is_available, stored.status, stored.view_count) == (cast.owner, False, "sold", 7)


def test_two_sources_do_not_meet(tmp_path: Path) -> None:
    _counts(tmp_path, feed.house(), source="one")
    assert _counts(tmp_path, feed.house(), source="two")["loaded"] == 1
    assert Property.objects.count() == 2
