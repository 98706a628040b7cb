"""Whoever writes what a place offers, a search by words finds it at once, and no longer when it is taken away."""

import pytest

from apps.properties.models import Amenity, Property, PropertyAmenity
from tests.support.listings import add_amenities, make_listing

pytestmark = pytest.mark.django_db


def words_of(listing: Property) -> str:
    return Property.objects.values_list("amenity_words", flat=True).get(pk=listing.pk)


def test_an_amenity_is_found_by_its_words(cast, found):
    listing = make_listing(cast.owner)
    add_amenities(listing, "Helipad", "Squash Court")
    make_listing(cast.owner)
    assert found(q="squash") == found(q="helipad court") == [listing.id]


def test_what_is_taken_away_is_not_found(cast, found):
    listing = make_listing(cast.owner)
    add_amenities(listing, "Helipad", "Squash Court")
    PropertyAmenity.objects.filter(amenity__title="Helipad").delete()
    assert (found(q="helipad"), found(q="squash")) == ([], [listing.id])


def test_a_renamed_amenity_is_found_by_its_new_name(cast, found):
    listing = make_listing(cast.owner)
    add_amenities(listing, "Helipad")
    Amenity.objects.filter(title="Helipad").update(title="Landing Place")
    assert (found(q="helipad"), found(q="landing")) == ([], [listing.id])


def test_an_entry_that_moves_to_another_listing_changes_both(cast):
    here, there = make_listing(cast.owner), make_listing(cast.owner)
    add_amenities(here, "Helipad")
    PropertyAmenity.objects.filter(property=here).update(property=there)
    assert (words_of(here), words_of(there)) == ("", "Helipad")


def test_saving_a_row_that_was_loaded_earlier_brings_no_old_words_back(cast, found):
    listing = make_listing(cast.owner)
    earlier = Property.objects.get(pk=listing.pk)
    add_amenities(listing, "Helipad")
    earlier.title = "Another title"
    earlier.save()
    assert found(q="helipad") == [listing.id]
