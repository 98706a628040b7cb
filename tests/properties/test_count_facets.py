"""Counts beside a search: what each further choice would leave."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.properties.selectors import facets
from apps.properties.services import vocabulary
from tests.support.listings import CENTRE, add_amenities, make_listing

pytestmark = pytest.mark.django_db
URL = "/api/v1/properties/facets"


@pytest.fixture
def homes(cast):
    villa = make_listing(cast.owner, property_type="villa", bedrooms=3, base_price=9_000_000, locality="Sector 45",
                         furnishing_level="furnished", title="Lake villa", at=CENTRE)  # fmt: skip
    make_listing(cast.owner, property_type="house", bedrooms=3, base_price=6_000_000, locality="Sector 45", title="Hut")
    make_listing(cast.owner, property_type="house", bedrooms=2, base_price=20_000, locality="Sector 50", purpose="rent")
    make_listing(cast.owner, is_available=False)
    make_listing(
        cast.owner, property_type="pg", purpose="rent", listing_preferences={"moderation_status": "pending_review"}
    )
    add_amenities(villa, "Helipad", "Moat")


def count(api, **params):
    answer = api.get(URL, params)
    assert answer.status_code == 200, answer.content
    return answer.json()


def values(counted, name):
    return {entry["value"]: entry["count"] for entry in counted["facets"][name]}


def test_everything_that_a_search_shows_is_counted(api, homes):
    counted = count(api)
    assert (counted["total"], counted["is_capped"]) == (3, False)
    assert values(counted, "property_type") == {"house": 2, "villa": 1}
    assert values(counted, "purpose") == {"buy": 2, "rent": 1}
    assert values(counted, "bedrooms") == {2: 1, 3: 2}
    assert values(counted, "furnishing") == {"furnished": 1}
    assert counted["facets"]["locality"] == [{"value": "Sector 45", "count": 2}, {"value": "Sector 50", "count": 1}]
    assert values(counted, "amenities") == {"Helipad": 1, "Moat": 1}
    assert counted["facets"]["price"] == [
        {"min": 20_000, "max": 30_000, "count": 1},
        {"min": 5_000_000, "max": 7_500_000, "count": 1},
        {"min": 7_500_000, "max": 10_000_000, "count": 1},
    ]
    assert counted["facets"]["property_type"][0]["label"] == "House"


def test_a_count_leaves_out_the_filters_of_its_own_kind_alone(api, homes):
    counted = count(api, property_type="villa", bedrooms_min=3)
    assert counted["total"] == 1
    assert values(counted, "property_type") == {"villa": 1, "house": 1}
    assert values(counted, "bedrooms") == {3: 1}
    assert values(counted, "locality") == {"Sector 45": 1}


def test_a_price_counts_as_one_kind(api, homes):
    counted = count(api, price_min=7_000_000, purpose="buy")
    assert [band["count"] for band in counted["facets"]["price"]] == [1, 1]
    assert values(counted, "purpose") == {"buy": 1}


def test_amenities_that_are_chosen(api, homes):
    counted = count(api, amenities="Moat")
    assert counted["total"] == 1
    assert values(counted, "amenities") == {"Helipad": 1, "Moat": 1}


def test_words_and_places_count_for_all(api, homes):
    counted = count(api, q="lake villa", lat=CENTRE[0], lng=CENTRE[1])
    assert (counted["total"], values(counted, "property_type")) == (1, {"villa": 1})
    assert counted["filters_applied"]["property_type"] == ["villa"]
    assert counted["search_center"]["radius_km"] == 5


def test_misspelt_words_are_corrected_as_in_the_list(api, homes):
    vocabulary.system_count_words()
    counted = count(api, q="villa laek")
    assert (counted["total"], counted["filters_applied"]["corrected"]) == (1, {"laek": "lake"})


def test_a_search_by_meaning_leaves_out_nothing_for_its_words(api, homes):
    params = {"q": "lake villa", "semantic_search": "true", "purpose": "buy"}
    listed = api.get("/api/v1/properties", {**params, "include_total": True}).json()["total"]
    assert count(api, **params)["total"] == listed == 2
    assert api.get(URL, {"semantic_search": "true"}).status_code == 400


def test_nothing_found_counts_nothing(api, homes):
    counted = count(api, city="Nowhere")
    assert counted["total"] == 0
    assert not any(counted["facets"].values())


def test_one_statement(api, homes):
    with CaptureQueriesContext(connection) as statements:
        count(api, property_type="villa", purpose="buy", price_max=10_000_000, q="lake")
    assert len(statements) == 1


def test_more_than_are_counted_is_said(api, homes, monkeypatch):
    monkeypatch.setattr(facets, "MOST_COUNTED", 2)
    counted = count(api)
    assert (counted["total"], counted["is_capped"]) == (2, True)


def test_the_counts_agree_with_the_list(api, homes):
    for params in ({"purpose": "buy"}, {"bedrooms_min": 3}, {"furnishing": "furnished"}, {"q": "villa"}):
        listed = api.get("/api/v1/properties", {**params, "include_total": True}).json()["total"]
        assert count(api, **params)["total"] == listed


def test_a_locality_is_counted_as_its_filter_finds_it(api, cast):
    said = [
        "Sector 4",
        "Sector 45",
        "sector 45",
        "Sector 46",
        "Sector_4",
        "Palam",
        "New Palam Vihar",
        "100% new",
        "100",
    ]
    for bedrooms, locality in enumerate([*said, "Sector 45"]):
        make_listing(cast.owner, locality=locality, bedrooms=bedrooms)
    counted = values(count(api, bedrooms_min=2), "locality")
    assert counted == {
        "Sector 45": 2, "sector 45": 2, "Sector 46": 1, "Sector_4": 1, "Palam": 2, "New Palam Vihar": 1, "100% new": 1,
        "100": 2,
    }  # fmt: skip
    for locality in counted:
        listed = api.get("/api/v1/properties", {"bedrooms_min": 2, "locality": locality, "include_total": True}).json()
        assert (locality, counted[locality]) == (locality, listed["total"])
    assert values(count(api, purpose="buy"), "locality")["Sector 4"] == 5


@pytest.mark.parametrize("params", [{"price_min": 5, "price_max": 4}, {"property_type": "castle"}, {"bbox": "1"}])
def test_wrong_filters_are_refused(api, db, params):
    assert api.get(URL, params).status_code == 422
