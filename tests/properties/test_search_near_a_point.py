"""A search around a point finds what is within the radius, nearest first, each once over all pages."""

import pytest

from tests.support.listings import CENTRE, make_listing

pytestmark = pytest.mark.django_db
LAT, LNG = CENTRE
A_KM_NORTH = 1 / 111.195  # degrees of latitude on a sphere of the mean earth radius


def north(km: float) -> tuple[float, float]:
    return LAT + km * A_KM_NORTH, LNG


def test_nearest_first_with_distances(cast, search):
    far, near = make_listing(cast.owner, at=north(3)), make_listing(cast.owner, at=north(1))
    items = search(lat=LAT, lng=LNG, radius=5, sort_by="distance")["items"]
    assert [item["id"] for item in items] == [near.id, far.id]
    assert [round(item["distance_km"], 2) for item in items] == [1.0, 3.0]


def test_outside_the_radius_and_without_a_location_are_left_out(cast, found):
    inside = make_listing(cast.owner, at=north(4.99))
    make_listing(cast.owner, at=north(5.01))
    make_listing(cast.owner)
    assert found(lat=LAT, lng=LNG, radius=5) == [inside.id]


def test_the_corner_of_the_box_is_not_in_the_circle(cast, found):
    make_listing(cast.owner, at=(LAT + 4.9 * A_KM_NORTH, LNG + 4.9 * A_KM_NORTH / 0.879))
    assert found(lat=LAT, lng=LNG, radius=5) == []


def test_ties_are_listed_once_over_all_pages(cast, api):
    """Many listings share the centre of their sector, so distances tie for whole pages."""
    here = [make_listing(cast.owner, at=north(1)).id for _ in range(7)]
    there = [make_listing(cast.owner, at=north(2)).id for _ in range(5)]
    seen, cursor = [], ""
    while True:
        page = api.get(f"/api/v1/properties?lat={LAT}&lng={LNG}&sort_by=distance&limit=3&cursor={cursor}").json()
        seen += [item["id"] for item in page["items"]]
        if not page["has_more"]:
            break
        cursor = page["next_cursor"]
    assert seen == here + there


def test_distance_without_a_point_means_newest(cast, found):
    first, second = make_listing(cast.owner), make_listing(cast.owner)
    assert found(sort_by="distance") == [second.id, first.id]


def test_half_a_point_is_no_point(cast, found):
    listing = make_listing(cast.owner)
    assert found(lat=LAT) == [listing.id]


def test_the_page_tells_the_centre(cast, search):
    assert search(lat=LAT, lng=LNG)["search_center"] == {"latitude": LAT, "longitude": LNG, "radius_km": 5}
    assert search()["search_center"] is None
