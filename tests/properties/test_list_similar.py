"""Homes like another: the same purpose, near in type, price, rooms and place, the likest first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.listings import CENTRE, make_listing

pytestmark = pytest.mark.django_db
LAT, LNG = CENTRE
HOME = {"property_type": "villa", "base_price": 10_000_000, "bedrooms": 4, "locality": "Sector 45"}


def similar(client, home, **params):
    answer = client.get(f"/api/v1/properties/{home.pk}/similar", params)
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def ids(client, home, **params):
    return [item["id"] for item in similar(client, home, **params)]


@pytest.fixture
def home(cast):
    return make_listing(cast.owner, at=CENTRE, **HOME)


def test_the_same_again_a_kilometre_away_scores_almost_one(api, cast, home):
    twin = make_listing(cast.owner, at=(LAT + 1 / 111.195, LNG), **HOME)
    (item,) = similar(api, home)
    assert (item["id"], round(item["distance_km"], 2)) == (twin.pk, 1.0)
    assert item["relevance_score"] == pytest.approx(0.75 + 0.25 / 1.5, abs=1e-4)


@pytest.mark.parametrize(
    "further",
    [
        {"property_type": "house"},
        {"base_price": 15_000_000},
        {"bedrooms": 3},
        {"bedrooms": None},
        {"at": (LAT + 0.05, LNG)},
    ],
)
def test_each_difference_counts(api, cast, home, further):
    less = make_listing(cast.owner, **{"at": CENTRE, **HOME, **further})
    like = make_listing(cast.owner, at=CENTRE, **HOME)
    assert ids(api, home) == [like.pk, less.pk]


@pytest.mark.parametrize(
    "other",
    [{"purpose": "rent"}, {"property_type": "office"}, {"base_price": 20_000_001}, {"base_price": 4_999_999},
     {"is_available": False}],
)  # fmt: skip
def test_what_is_too_different_or_not_on_offer_is_left_out(api, cast, home, other):
    make_listing(cast.owner, at=CENTRE, **{**HOME, **other})
    assert ids(api, home) == []


def test_without_a_position_the_locality_counts(api, cast):
    home = make_listing(cast.owner, **HOME)
    elsewhere = make_listing(cast.owner, **{**HOME, "locality": "Sector 50"})
    same = make_listing(cast.owner, **HOME)
    make_listing(cast.owner, **{**HOME, "city": "Delhi"})
    assert ids(api, home) == [same.pk, elsewhere.pk]


def test_of_equals_the_newest_comes_first_on_every_page(api, cast, home):
    made = [make_listing(cast.owner, at=CENTRE, **HOME).pk for _ in range(5)]
    assert ids(api, home) == made[::-1]
    page = api.get(f"/api/v1/properties/{home.pk}/similar", {"limit": 3}).json()
    assert ids(api, home, limit=3, cursor=page["next_cursor"]) == made[1::-1]


@pytest.mark.parametrize(("asked", "limit"), [("5", 5), ("20", 20), ("500", 20), ("", 20)])
def test_the_number_is_bounded(api, home, asked, limit):
    assert api.get(f"/api/v1/properties/{home.pk}/similar", {"limit": asked}).json()["limit"] == limit


def test_two_statements_however_many(api, cast, home):
    for _ in range(8):
        make_listing(cast.owner, at=CENTRE, **HOME)
    with CaptureQueriesContext(connection) as statements:
        assert len(ids(api, home)) == 8
    assert len(statements) == 2


def test_who_may_not_see_a_home_learns_nothing_of_it(api, cast):
    waiting = make_listing(cast.owner, property_type="pg", purpose="rent", at=CENTRE,
                           listing_preferences={"moderation_status": "pending_review"})  # fmt: skip
    for client in (api, api.as_(cast.stranger)):
        answer = client.get(f"/api/v1/properties/{waiting.pk}/similar")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "PROPERTY_NOT_FOUND")
    assert ids(api.as_(cast.owner), waiting) == []


def test_there_is_nothing_like_what_is_not_there(api, db):
    assert api.get("/api/v1/properties/987654321/similar").status_code == 404
