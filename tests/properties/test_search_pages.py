"""The shape of a page, its bounds, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.listings import add_amenities, add_images, make_listing

pytestmark = pytest.mark.django_db


def test_the_shape_of_a_page(cast, search):
    make_listing(cast.owner)
    page = search()
    assert {"items", "next_cursor", "has_more", "limit", "total"} <= page.keys()
    assert (page["next_cursor"], page["has_more"], page["limit"], page["total"]) == (None, False, 20, None)


def test_a_total_when_asked_for(cast, search):
    for _ in range(3):
        make_listing(cast.owner)
    assert search(include_total="true", limit=1)["total"] == 3
    cursor = search(limit=1)["next_cursor"]
    assert search(include_total="true", limit=1, cursor=cursor)["total"] == 3


@pytest.mark.parametrize("asked", ["200", "1000", "100"])
def test_a_large_limit_is_capped(db, search, asked):
    assert search(limit=asked)["limit"] == 100


@pytest.mark.parametrize("asked", ["0", "-1", "ten", "1.5"])
def test_a_senseless_limit_is_refused(db, api, asked):
    answer = api.get("/api/v1/properties", {"limit": asked})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", "limit"]


@pytest.mark.parametrize("cursor", ["x", "bm9uc2Vuc2U", "eyJrIjpbMV0sInMiOiJuZXdlc3QiLCJ2IjoxfQ", "é", "AA==" * 50])
def test_a_foreign_cursor_is_refused(db, api, cursor):
    answer = api.get("/api/v1/properties", {"cursor": cursor})
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "INVALID_CURSOR"


def test_filters_that_were_applied(db, search):
    page = search(bedrooms_min=2, unknown="x")
    assert page["filters_applied"] == {"bedrooms_min": 2, "sort_by": "newest"}
    assert search(floor_number_max=0)["filters_applied"] == {"floor_number_max": 0, "sort_by": "newest"}


@pytest.mark.parametrize("limit", [1, 5, 20])
def test_one_statement_however_long_the_page(cast, api, limit):
    for _ in range(limit):
        listing = make_listing(cast.owner)
        add_images(listing, "a", "b")
        add_amenities(listing, "Orchard")
    with CaptureQueriesContext(
        connection,
    ) as statements:
        assert len(api.get("/api/v1/properties", {"limit": limit}).json()["items"]) == limit
    assert len(statements) == 1


def test_a_signed_in_reader_costs_one_more(cast, api):
    reader = api.as_(cast.seeker)
    reader.get("/api/v1/users/me")  # the issuer's keys are read once a process
    with CaptureQueriesContext(connection) as statements:
        assert reader.get("/api/v1/properties").status_code == 200
    assert len(statements) == 2
