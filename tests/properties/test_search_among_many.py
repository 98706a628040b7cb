"""However a search looks for its rows, it finds the same ones in the same order."""

from dataclasses import replace
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.properties.selectors import facets, near, orders, recent, sampled, search
from apps.properties.serializers.listings import PropertySearchIn
from ghar.actors import ANONYMOUS
from ghar.api import pages, parsing
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db

NAMES = ("Amber Heights", "Amber Court", "Cedar Heights", "Lake House")
SEARCHES = (
    {"q": "amber heights"},
    {"q": "amber hei"},
    {"q": "heig"},
    {"q": "park"},
    {"q": "amber park", "price_max": 30_000.5},
    {"q": "lake", "lat": "28.45", "lng": "77.05", "radius": "4"},
    {"q": "amber hei", "lat": "28.44", "lng": "77.04", "radius": "3"},
    {"q": "park hous", "bbox": "77.0,28.4,77.06,28.5"},
    {"bbox": "77.0,28.4,77.06,28.5"},
    {"lat": "28.44", "lng": "77.04", "radius": "3"},
    {"polygon": "77.0 28.4,77.1 28.4,77.05 28.5"},
)
SORTS = ("newest", "relevance", "distance", "price_high", "popular")


@pytest.fixture(params=[(1, 4, 1_000), (2, 12, 1), (8, 300, 1), (12, 5, 3)], ids=str)
def among_many(request, monkeypatch):
    """So many count as recent, so many are asked first, and so many are walked along an index."""
    newest, asked, walked = request.param

    def begin():
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE properties")
        monkeypatch.setattr(recent, "NEWEST", newest)
        monkeypatch.setattr(sampled, "LISTINGS", asked)
        monkeypatch.setattr(sampled, "MOST_WALKED", walked)
        recent.forget()

    yield begin
    recent.forget()


def _pages(said, sort_by):
    """The ids of each page of four, and the total of the first."""
    found, cursor = [], None
    while cursor is not None or not found:
        given = {
            **said,
            "sort_by": sort_by,
            "limit": 4,
            "include_total": True,
            **({"cursor": cursor} if cursor else {}),
        }
        query = parsing.arguments(PropertySearchIn, given)
        page = pages.read(search.search_properties(ANONYMOUS, query), query)
        found.append(([item["id"] for item in page["items"]], page["total"]))
        cursor = page["next_cursor"]
    return found


@pytest.fixture
def market(cast):
    for number in range(28):
        make_listing(
            cast.owner,
            title=NAMES[number % 4] if number < 20 else "Villa",
            description="Beside the park" if number % 3 else "Parking",
            at=(28.42 + number % 5 / 100, 77.02 + number % 7 / 100),
            base_price=10_000 + number * 900,
            like_count=number % 6,
        )


@pytest.mark.parametrize("ranked", [5, 300])
def test_the_same_is_found(market, among_many, monkeypatch, ranked):
    order = orders.ORDERS["relevance"]
    monkeypatch.setitem(orders.ORDERS, "relevance", replace(order, pool=replace(order.pool, most=ranked)))
    asked = list(product(range(len(SEARCHES)), SORTS))
    expected = [_pages(SEARCHES[number], sort_by) for number, sort_by in asked]
    assert sum(bool(found[0][0]) for found in expected) > len(asked) * 0.8
    among_many()
    assert recent.find_beginning() is not None
    with CaptureQueriesContext(connection) as statements:
        assert [_pages(SEARCHES[number], sort_by) for number, sort_by in asked] == expected
    said = [one["sql"] for one in statements]
    assert any(near.SQUARE in sql for sql in said)
    assert any(sql.startswith("EXPLAIN") for sql in said) is (sampled.LISTINGS <= 5)


@pytest.mark.parametrize("most", [6, 5_000])
def test_the_same_is_counted(market, among_many, monkeypatch, most):
    """Of very many the newest, whatever was asked first."""

    def counted():
        asked = (
            {**said, **more} for said, more in product(SEARCHES, ({}, {"price_max": 25_000, "property_type": "house"}))
        )
        return [facets.count_facets(ANONYMOUS, parsing.arguments(PropertySearchIn, said)) for said in asked]

    monkeypatch.setattr(facets, "MOST_COUNTED", most)
    expected = counted()
    assert any(one["is_capped"] for one in expected) is (most == 6)
    among_many()
    with CaptureQueriesContext(connection) as statements:
        assert counted() == expected
    looked_again = any("earlier AS MATERIALIZED" in one["sql"] for one in statements)
    assert looked_again or sampled.LISTINGS > 5


def test_few_listings_are_not_asked_first(cast, django_assert_num_queries):
    make_listing(cast.owner, title="Amber Heights")
    query = parsing.arguments(PropertySearchIn, {"q": "amber"})
    recent.find_beginning()
    with django_assert_num_queries(1):
        found = pages.read(search.search_properties(ANONYMOUS, query), query)
    assert len(found["items"]) == 1


def test_an_index_has_the_squares_that_searches_say():
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX of_searches ON properties (({near.SQUARE}))")
        cursor.execute(
            "SELECT DISTINCT pg_get_indexdef(name::regclass, 1, TRUE) "
            "FROM unnest(ARRAY['of_searches', 'properties_squares']) name"
        )
        assert len(cursor.fetchall()) == 1
