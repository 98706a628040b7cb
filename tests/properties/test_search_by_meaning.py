"""A search with words alone, the best match first."""

import pytest

from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db
URL = "/api/v1/properties/semantic-search"


def test_it_needs_words(api, db):
    for params in ({}, {"q": " "}, {"city": "Gurugram"}):
        answer = api.get(URL, params)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "BAD_REQUEST")


def test_the_best_match_comes_first_whatever_order_was_asked_for(api, cast):
    mentioned = make_listing(cast.owner, title="House", description="Near a lake")
    named = make_listing(cast.owner, title="Lake house")
    make_listing(cast.owner, title="Mountain house")
    page = api.get(URL, {"q": "lake", "sort_by": "newest", "include_total": True}).json()
    assert [found["id"] for found in page["items"]] == [named.pk, mentioned.pk]
    assert page["total"] == 2
    assert page["items"][0]["relevance_score"] > page["items"][1]["relevance_score"]


def test_the_other_filters_apply(api, cast):
    make_listing(cast.owner, title="Lake house", city="Delhi")
    here = make_listing(cast.owner, title="Lake house", city="Gurugram")
    assert [found["id"] for found in api.get(URL, {"q": "lake", "city": "gurgaon"}).json()["items"]] == [here.pk]
