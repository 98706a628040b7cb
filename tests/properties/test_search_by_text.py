"""A search by words finds titles, descriptions, keywords and places, the best match first when asked."""

from dataclasses import replace

import pytest
from django.contrib.postgres.search import SearchQuery

from apps.properties.models import Property
from apps.properties.selectors import recent, search
from apps.properties.serializers.listings import PropertySearchIn
from ghar.actors import ANONYMOUS
from ghar.api import pages, parsing
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db


FIELDS = ["title", "description", "search_keywords", "full_address", "city", "locality", "sub_locality", "landmark",
          "builder_name"]  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_words_are_found_in(cast, found, field):
    listing = make_listing(cast.owner, **{field: "Facing a quiet park"})
    make_listing(cast.owner)
    assert found(q="park facing") == [listing.id]


@pytest.mark.parametrize(
    "lists",
    [
        {"features": ["Park-facing", "Quiet"]},
        {"tags": ["new", "facing the park"]},
        {"features": {"Park facing": True}},
        {"features": ["Facing south"], "tags": ["park"]},
    ],
)
def test_words_are_found_in_features_and_tags(cast, found, lists):
    listing = make_listing(cast.owner, **lists)
    make_listing(cast.owner, features={"Park facing": False, "True": None})
    assert found(q="park facing") == [listing.id]
    Property.objects.filter(pk=listing.pk).update(features=[], tags=[])
    assert found(q="park facing") == []


def test_a_place_among_the_features_is_not_where_it_lies(cast, found):
    there = make_listing(cast.owner, locality="Sector 45")
    make_listing(cast.owner, features=["Bus to Sector 45"])
    assert found(q="sector 45") == [there.id]


@pytest.mark.parametrize(
    "text", ["the house/villa", "semi-furnished villa", "Villa. Sq.ft. 200", "<p>villa</p>", "villa_one"]
)
def test_words_are_parted_as_people_read_them(cast, found, text):
    listing = make_listing(cast.owner, description=f"Here: {text}", property_type="house")
    assert Property.objects.filter(search_vector=SearchQuery("villa")).get() == listing


def test_markup_is_not_searched(cast, found):
    make_listing(cast.owner, description='<p>A <a href="https://lake.example/" title="lake">view</a></p>')
    assert found(q="lake") == []


def test_all_words_must_be_there(cast, found):
    make_listing(cast.owner, description="a park")
    assert found(q="park lake") == []


def test_relevance_prefers_the_title(cast, found):
    mentioned = make_listing(cast.owner, description="near the metro")
    named = make_listing(cast.owner, title="Flat at the metro")
    make_listing(cast.owner, title="House elsewhere")
    assert found(q="metro", sort_by="relevance") == [named.id, mentioned.id]


def test_relevance_without_words_means_newest(cast, found):
    first, second = make_listing(cast.owner), make_listing(cast.owner)
    assert found(sort_by="relevance") == [second.id, first.id]


@pytest.mark.parametrize("words", ["' OR 1=1 --", "%", "_", "\\", "a & !b", "%(id)s", "$1", "🏠"])
def test_odd_words_are_only_words(cast, found, words):
    make_listing(cast.owner)
    assert found(q=words) == []


def test_a_search_by_meaning_needs_words(api, db):
    answer = api.get("/api/v1/properties?semantic_search=true")
    assert answer.status_code == 400
    assert "semantic_search" in answer.json()["error"]["message"]


@pytest.fixture(params=[20_000, 2, 1])
def so_many_recent(request, monkeypatch):
    """As many of the newest listings count as recent; with few, more than those are looked at."""
    monkeypatch.setattr(recent, "NEWEST", request.param)
    recent.forget()
    yield
    recent.forget()


def test_relevance_ranks_and_lists_the_newest_that_match(cast, so_many_recent):
    """Five hundred of them; here two."""
    old = make_listing(cast.owner, title="Lake lake lake")
    named, mentioned = make_listing(cast.owner, title="A lake"), make_listing(cast.owner, description="a lake")
    query = parsing.arguments(
        PropertySearchIn, {"q": "lake", "sort_by": "relevance", "limit": 1, "include_total": True}
    )
    found = search.search_properties(ANONYMOUS, query)
    assert found.order.pool is not None
    two = replace(found.order, pool=replace(found.order.pool, most=2))
    first = pages.read(replace(found, order=two), query)
    second = pages.read(replace(found, order=two), {**query, "cursor": first["next_cursor"]})
    assert [item["id"] for page in (first, second) for item in page["items"]] == [named.pk, mentioned.pk]
    assert (first["total"], second["has_more"], old.pk < named.pk) == (2, False, True)


def test_relevance_finds_what_is_not_recent(cast, found, so_many_recent):
    old = make_listing(cast.owner, title="Lake lake lake")
    others = [make_listing(cast.owner, title="House") for _ in range(3)]
    new = make_listing(cast.owner, description="a lake")
    assert found(q="lake", sort_by="relevance") == [old.pk, new.pk]
    assert len(found(q="house", sort_by="relevance")) == len(others) + 2
