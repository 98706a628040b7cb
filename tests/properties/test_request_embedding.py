"""Whatever changes the text of a listing notes it, in the same transaction; whatever does not, notes nothing."""

import pytest
from django.db import connection, transaction

from apps.properties.models import Amenity, EmbeddingRequest, Property
from apps.properties.services import removal
from ghar.actors import Actor
from tests.properties.embedding import requested
from tests.support.listings import add_amenities, make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(cast):
    """A listing with an amenity, embedded as it is."""
    listing = make_listing(cast.owner)
    add_amenities(listing, "Orchard")
    EmbeddingRequest.objects.all().delete()
    return listing


def test_new_listings_are_noted_also_many_at_once(cast):
    one = make_listing(cast.owner)
    assert requested() == {one.pk}
    rows = Property.objects.bulk_create(
        Property(owner=cast.owner, title="x", property_type="house", purpose="buy", base_price=1) for _ in range(3)
    )
    assert requested() == {one.pk, *(row.pk for row in rows)}


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"}, {"description": "Quiet"}, {"base_price": 1}, {"bedrooms": 9}, {"tags": ["new"]},
        {"features": ["Park"]}, {"is_available": False}, {"landmark": "Metro"}, {"furnishing_level": "furnished"},
    ],
    ids=str,
)  # fmt: skip
def test_a_change_of_the_text_is_noted(house, change):
    Property.objects.filter(pk=house.pk).update(**change)
    assert requested() == {house.pk}


@pytest.mark.parametrize("change", [{"view_count": 5}, {"like_count": 5}, {"owner_contact": "x"}, {"bedrooms": None}])
def test_a_change_of_something_else_is_not(house, change):
    Property.objects.filter(pk=house.pk).update(**change)
    house.refresh_from_db()
    house.save()
    assert requested() == set()


def test_amenities_put_in_and_taken_out_are_noted(house):
    add_amenities(house, "Pond")
    assert requested() == {house.pk}
    EmbeddingRequest.objects.all().delete()
    house.property_amenities.first().delete()
    assert requested() == {house.pk}


def test_an_amenity_under_another_name_is_noted_for_all_that_have_it(cast, house):
    make_listing(cast.owner)
    EmbeddingRequest.objects.all().delete()
    Amenity.objects.filter(title="Orchard").update(is_active=False)
    assert requested() == set()
    Amenity.objects.filter(title="Orchard").update(title="Fruit garden")
    assert requested() == {house.pk}


def test_what_is_rolled_back_is_not_noted(house):
    with transaction.atomic():
        Property.objects.filter(pk=house.pk).update(title="Another")
        transaction.set_rollback(True)
    assert requested() == set()


def test_a_further_change_is_another_version_and_due_at_once(house):
    Property.objects.filter(pk=house.pk).update(title="First")
    first = EmbeddingRequest.objects.get()
    EmbeddingRequest.objects.update(attempts=4, not_before="2099-01-01T00:00:00Z")
    Property.objects.filter(pk=house.pk).update(title="Second")
    second = EmbeddingRequest.objects.get()
    assert second.version > first.version
    assert (second.attempts, second.not_before.year < 2099) == (0, True)


def test_a_deleted_listing_waits_for_nothing(cast, house):
    Property.objects.filter(pk=house.pk).update(title="Another")
    removal.delete_property(actor=Actor.of(cast.owner), property_id=house.pk)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert requested() == set()
