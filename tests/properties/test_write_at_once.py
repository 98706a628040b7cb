"""Several people write the same listing at the same moment."""

from collections import Counter

import pytest

from apps.properties.models import Amenity, Property, PropertyAmenity
from apps.properties.selectors.listings import PropertyNotFound
from apps.properties.services import listings, refusals, removal
from apps.visits.models import Visit
from apps.visits.services import visits
from ghar.actors import Actor
from tests.support.at_once import at_once
from tests.support.listings import make_listing
from tests.support.visits import at

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_change_of_pictures_is_whole(cast):
    house, owner = make_listing(cast.owner), Actor.of(cast.owner)
    sets = [[f"https://a.example/{letter}{place}" for place in range(4)] for letter in "abcdef"]

    def writing(urls):
        return lambda: listings.update_property(actor=owner, property_id=house.pk, changes={"image_urls": urls})

    at_once([writing(urls) for urls in sets])
    house.refresh_from_db()
    kept = list(house.images.order_by("display_order").values_list("image_url", flat=True))
    assert kept in sets
    assert house.main_image_url == house.images.get(is_main_image=True).image_url == kept[0]


def test_different_fields_are_both_kept(cast):
    house, owner = make_listing(cast.owner), Actor.of(cast.owner)
    changes = [{"bedrooms": 4}, {"city": "Delhi"}, {"features": ["Park"]}, {"society_type": "gated"},
               {"listing_preferences": {"pets": "no"}}]  # fmt: skip
    at_once([lambda c=c: listings.update_property(actor=owner, property_id=house.pk, changes=c) for c in changes])
    house.refresh_from_db()
    assert (house.bedrooms, house.city, house.features) == (4, "Delhi", ["Park"])
    assert house.listing_preferences["pets"] == "no"


def test_a_listing_is_deleted_or_visited_never_both(cast):
    owner, house = Actor.of(cast.owner), make_listing(cast.owner)
    visitor = Actor.of(cast.seeker)

    def deleting():
        try:
            removal.delete_property(actor=owner, property_id=house.pk)
        except refusals.PropertyInUse:
            return "in use"
        except PropertyNotFound:
            return "gone"
        return "deleted"

    def scheduling():
        try:
            visits.schedule_visit(actor=visitor, property_id=house.pk, scheduled_date=at())
        except PropertyNotFound:
            return "gone"
        return "scheduled"

    answers = Counter(at_once([deleting, scheduling, deleting]))
    assert answers in (Counter({"deleted": 1, "gone": 2}), Counter({"scheduled": 1, "in use": 2}))
    assert Property.objects.exists() == Visit.objects.exists() == (answers["scheduled"] == 1)


def test_of_amenities_added_at_once_all_are_found(cast):
    house = make_listing(cast.owner)
    ids = [Amenity.objects.create(title=title).pk for title in ("Helipad", "Squash Court", "Moat", "Tower")]
    at_once([lambda a=a: PropertyAmenity.objects.create(property=house, amenity_id=a) for a in ids])
    house.refresh_from_db()
    assert house.amenity_words == "Helipad, Moat, Squash Court, Tower"
