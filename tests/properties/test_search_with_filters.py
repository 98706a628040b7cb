"""Each filter keeps what matches, drops what does not, and drops what has no value."""

from datetime import timedelta

import pytest

from ghar import clock
from tests.support.listings import add_amenities, make_listing

pytestmark = pytest.mark.django_db


def at_noon(days: int):
    return clock.midnight(clock.today()) + timedelta(days=days, hours=12)


CASES = [
    ({"property_type": "villa"}, {"property_type": "villa"}, {"property_type": "house"}),
    ({"property_type": ["villa", "plot"]}, {"property_type": "plot"}, {"property_type": "house"}),
    ({"purpose": "rent"}, {"purpose": "rent"}, {"purpose": "buy"}),
    ({"price_min": 100}, {"base_price": 100}, {"base_price": "99.99"}),
    ({"price_max": 100}, {"base_price": 100}, {"base_price": "100.01"}),
    ({"bedrooms_min": 3}, {"bedrooms": 3}, {"bedrooms": 2}),
    ({"bedrooms_max": 3}, {"bedrooms": 3}, {"bedrooms": None}),
    ({"bathrooms_min": 2}, {"bathrooms": 2}, {"bathrooms": 1}),
    ({"bathrooms_max": 2}, {"bathrooms": 2}, {"bathrooms": 3}),
    ({"area_min": 900.5}, {"area_sqft": 900.5}, {"area_sqft": 900}),
    ({"area_max": 900}, {"area_sqft": 900}, {"area_sqft": 901}),
    ({"floor_number_min": 2}, {"floor_number": 2}, {"floor_number": 1}),
    ({"floor_number_max": 2}, {"floor_number": 2}, {"floor_number": 3}),
    ({"parking_spaces_min": 1}, {"parking_spaces": 1}, {"parking_spaces": None}),
    ({"age_max": 5}, {"age_of_property": 5}, {"age_of_property": 6}),
    ({"windows_min": 4}, {"windows_count": 4}, {"windows_count": 3}),
    ({"guests": 3}, {"max_occupancy": 3}, {"max_occupancy": 2}),
    ({"city": "gurgaon"}, {"city": "Gurugram"}, {"city": "Noida"}),
    ({"city": "Bombay"}, {"city": "Navi Mumbai"}, {"city": "Pune"}),
    ({"city": "100%"}, {"city": "100% Town"}, {"city": "1000 Town"}),
    ({"locality": "sector 4"}, {"locality": "Sector 45"}, {"locality": "Sector 54"}),
    ({"locality": "a_b"}, {"locality": "xa_by"}, {"locality": "xacby"}),
    ({"pincode": "122001"}, {"pincode": "122001"}, {"pincode": "122002"}),
    ({"features": ["Park", "Lift"]}, {"features": ["Lift", "Park", "Gym"]}, {"features": ["Park"]}),
    ({"features": ["Park"]}, {"features": {"Park": True}}, {"features": {"Park": False}}),
    ({"furnishing": "furnished"}, {"furnishing_level": "furnished"}, {"furnishing_level": None}),
    ({"kitchen_type": "vegetarian"}, {"kitchen_type": "any"}, {"kitchen_type": "non_vegetarian"}),
    ({"ventilation_type": "good"}, {"ventilation_type": "good"}, {"ventilation_type": "poor"}),
    (
        {"gender_preference": "female"},
        {"listing_preferences": {"gender_preference": "female"}},
        {"listing_preferences": {"gender_preference": "any"}},
    ),
    (
        {"sharing_type": "private_room"},
        {"listing_preferences": {"sharing_type": "private_room"}},
        {"listing_preferences": {}},
    ),
    ({"move_in": "immediate"}, {"available_from": at_noon(7)}, {"available_from": at_noon(8)}),
    ({"move_in": "within-1-month"}, {"available_from": at_noon(29)}, {"available_from": None}),
    ({"move_in": "one_week"}, {"available_from": at_noon(7)}, {"available_from": at_noon(8)}),
    ({"move_in": "within-a-week"}, {"available_from": at_noon(7)}, {"available_from": at_noon(8)}),
    ({"move_in": "two_weeks"}, {"available_from": at_noon(14)}, {"available_from": at_noon(15)}),
    ({"move_in": "within_a_month"}, {"available_from": at_noon(29)}, {"available_from": at_noon(30)}),
    ({"move_in": "two_months"}, {"available_from": at_noon(59)}, {"available_from": at_noon(60)}),
    ({"move_in": "three_months"}, {"available_from": at_noon(89)}, {"available_from": at_noon(90)}),
    (
        {"available_from": "2030-05-01T20:00:00"},
        {"available_from": "2030-05-02T00:00:00+05:30"},
        {"available_from": "2030-05-01T23:59:00+05:30"},
    ),
    ({"available_from": at_noon(5).isoformat()}, {"available_from": at_noon(5)}, {"available_from": at_noon(4)}),
]


@pytest.mark.parametrize(("asked", "match", "miss"), CASES, ids=lambda case: next(iter(case), ""))
def test_filter(cast, found, asked, match, miss):
    kept = make_listing(cast.owner, **match)
    make_listing(cast.owner, **miss)
    assert found(**asked) == [kept.id]


@pytest.mark.parametrize("wish", ["anytime", "flexible", "just_exploring", "whenever"])
def test_an_open_wish_filters_nothing(cast, found, wish):
    listing = make_listing(cast.owner)
    assert found(move_in=wish) == [listing.id]


@pytest.mark.parametrize("moment", ["soon", "2026-02-29", "99999-01-01", "9999-12-31T23:59:59Z"])
def test_a_moment_that_cannot_be_read_filters_nothing(cast, found, moment):
    listing = make_listing(cast.owner)
    assert found(available_from=moment) == [listing.id]


@pytest.mark.parametrize(
    "day",
    ["2026-12-10", "2026-12-10T00:00:00", "2026-12-10T00:00:00Z", "2026-12-10T00:00:00.000Z",
     "2026-12-09T18:30:00.000Z", "2026-12-10T00:00:00+05:30"],
)  # fmt: skip
def test_a_day_of_a_stay_may_be_a_time(cast, api, day):
    listing = make_listing(cast.owner)
    page = api.get("/api/v1/properties", {"check_in": day, "check_out": "2026-12-11"}).json()
    assert [item["id"] for item in page["items"]] == [listing.id]
    assert page["filters_applied"]["check_in"] == "2026-12-10"


def test_ids(cast, found):
    first, _, third = (make_listing(cast.owner) for _ in range(3))
    assert found(ids=[first.id, third.id]) == [third.id, first.id]


def test_all_amenities_by_title_or_id(cast, found):
    both, one = make_listing(cast.owner), make_listing(cast.owner)
    add_amenities(both, "Orchard", "Well")
    add_amenities(one, "Orchard")
    assert found(amenities=["orchard", "WELL"]) == [both.id]
    assert found(amenities=["orchard", "no such thing"]) == [one.id, both.id]
    assert found(amenities=["no such thing"]) == []


@pytest.mark.parametrize("title", ["Lift", "Elevator"])
def test_a_lift_under_either_name(cast, found, title):
    high = make_listing(cast.owner)
    make_listing(cast.owner)
    add_amenities(high, title)
    assert found(has_lift="true") == [high.id]
    assert len(found(has_lift="false")) == 2


def test_what_is_not_available_is_not_listed(cast, found):
    make_listing(cast.owner, is_available=False)
    assert found() == []


def test_blank_parameters_are_absent(cast, found):
    listing = make_listing(cast.owner)
    assert found(property_type="", bedrooms_min="", q=" ", city="", cursor="null", purpose="") == [listing.id]
    assert found(cursor="undefined") == [listing.id]
