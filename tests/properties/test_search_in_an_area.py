"""A search within what a map shows, or within what somebody drew on it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db
URL = "/api/v1/properties"
BOX = "77.0,28.4,77.1,28.5"
TRIANGLE = "77.0 28.4, 77.1 28.4, 77.0 28.5"
GEOJSON = '{"type":"Polygon","coordinates":[[[77.0,28.4],[77.1,28.4],[77.0,28.5],[77.0,28.4]]]}'


@pytest.fixture
def places(cast):
    """Listings by where they are: (latitude, longitude)."""
    at = {"inside": (28.42, 77.02), "other half": (28.48, 77.08), "edge": (28.4, 77.05), "outside": (28.6, 77.05)}
    made = {name: make_listing(cast.owner, at=where).pk for name, where in at.items()}
    make_listing(cast.owner)
    return made


def test_a_box_holds_what_lies_in_it_and_on_its_edge(found, places):
    assert found(bbox=BOX) == [places["edge"], places["other half"], places["inside"]]


@pytest.mark.parametrize("area", [TRIANGLE, GEOJSON])
def test_a_polygon_holds_what_lies_in_it_and_on_its_edge(found, places, area):
    assert found(polygon=area) == [places["edge"], places["inside"]]


@pytest.mark.parametrize("longitude", [77.0, 90.0, -90.0, 0.0, 45.0])
def test_the_southern_edge_is_a_parallel(cast, found, longitude):
    """The great circle between two corners runs north of it: 250 km on a box of forty degrees."""
    south = make_listing(cast.owner, at=(40.001, longitude))
    make_listing(cast.owner, at=(39.999, longitude))
    assert found(bbox=f"{longitude - 20},40,{longitude + 20},60") == [south.pk]


def test_the_whole_globe_is_a_box(found, places):
    assert set(found(bbox="-180,-90,180,90")) == set(places.values())


def test_areas_and_a_radius_all_count(found, places):
    assert found(bbox=BOX, polygon=TRIANGLE, lat=28.42, lng=77.02, radius=1) == [places["inside"]]


def test_the_nearest_come_first_within_an_area(found, places):
    near = {"lat": 28.48, "lng": 77.08, "radius": 50, "sort_by": "distance"}
    assert found(bbox=BOX, **near) == [places["other half"], places["inside"], places["edge"]]


def test_pages_within_an_area_show_each_once(api, places):
    seen, cursor = [], ""
    while cursor is not None:
        page = api.get(URL, {"bbox": BOX, "limit": 1, "cursor": cursor, "include_total": True}).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert (seen, page["total"]) == ([places["edge"], places["other half"], places["inside"]], 3)


def test_the_answer_tells_the_area(search, places):
    applied = search(bbox=BOX, polygon=TRIANGLE)["filters_applied"]
    assert applied["bbox"] == [77.0, 28.4, 77.1, 28.5]
    assert applied["polygon"] == [[77.0, 28.4], [77.1, 28.4], [77.0, 28.5], [77.0, 28.4]]


@pytest.mark.parametrize(
    ("name", "area"), [("bbox", "77,28"), ("bbox", "78,28,77,29"), ("polygon", "77 28, 78 29, 78 28, 77 29"),
                       ("polygon", "{}"), ("polygon", "x" * 9000), ("bbox", "77,28,\x00,29")],
)  # fmt: skip
def test_what_is_no_area_is_refused_by_name(api, db, name, area):
    answer = api.get(URL, {name: area})
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["query", name])


def test_an_area_costs_no_further_statement(api, places):
    with CaptureQueriesContext(connection) as statements:
        assert len(api.get(URL, {"bbox": BOX, "polygon": TRIANGLE}).json()["items"]) == 2
    assert len(statements) == 1
