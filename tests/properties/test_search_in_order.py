"""Every order is total: pages neither repeat nor skip, also when rows tie or come in between."""

from decimal import Decimal

import pytest

from tests.support.listings import CENTRE, make_listing

pytestmark = pytest.mark.django_db

ORDERS = ["newest", "price_low", "price_high", "popular", "relevance", "distance"]


def pages(api, sort_by, *, limit=4, between=lambda: None):
    seen, cursor = [], ""
    while True:
        answer = api.get(
            "/api/v1/properties",
            {"sort_by": sort_by, "limit": limit, "cursor": cursor, "q": "house", "lat": CENTRE[0], "lng": CENTRE[1]},
        )
        assert answer.status_code == 200, answer.content
        page = answer.json()
        seen += page["items"]
        if not page["has_more"]:
            return seen
        cursor = page["next_cursor"]
        between()


@pytest.mark.parametrize("sort_by", ORDERS)
def test_each_listing_once(cast, api, sort_by):
    made = {make_listing(cast.owner, at=CENTRE, base_price=100 + n % 3, like_count=n % 2).id for n in range(11)}
    seen = [item["id"] for item in pages(api, sort_by)]
    assert len(seen) == len(made)
    assert set(seen) == made


@pytest.mark.parametrize("sort_by", ORDERS)
def test_a_listing_that_comes_in_between_moves_no_other(cast, api, sort_by):
    made = [make_listing(cast.owner, at=CENTRE, base_price=1000 + n).id for n in range(9)]
    seen = [item["id"] for item in pages(api, sort_by, between=lambda: make_listing(cast.owner, at=CENTRE))]
    assert [number for number in seen if number in made].count(made[4]) == 1
    assert set(made) <= set(seen)
    assert len(seen) == len(set(seen))


def test_prices_up_and_down(cast, api):
    for price in ("250000.50", "99", "9999999999.99", "250000.49"):
        make_listing(cast.owner, at=CENTRE, base_price=Decimal(price))
    up = [item["base_price"] for item in pages(api, "price_low", limit=1)]
    down = [item["base_price"] for item in pages(api, "price_high", limit=1)]
    assert up == sorted(up) == [99, 250000.49, 250000.5, 9999999999.99]
    assert down == up[::-1]


def test_popular_by_likes_then_views(cast, api):
    quiet = make_listing(cast.owner, at=CENTRE)
    seen = make_listing(cast.owner, at=CENTRE, like_count=2, view_count=9)
    liked = make_listing(cast.owner, at=CENTRE, like_count=3)
    ordered = [item["id"] for item in pages(api, "popular", limit=1)]
    assert ordered == [liked.id, seen.id, quiet.id]


def test_a_cursor_belongs_to_its_order(cast, api):
    for _ in range(3):
        make_listing(cast.owner)
    cursor = api.get("/api/v1/properties?limit=1").json()["next_cursor"]
    answer = api.get(f"/api/v1/properties?limit=1&sort_by=price_low&cursor={cursor}")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "INVALID_CURSOR"
