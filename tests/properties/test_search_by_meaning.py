"""A search by meaning: every listing that passes the filters, the best first, whatever model there is."""

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.properties.models import Property
from apps.properties.selectors import recent
from apps.properties.services import embedding
from ghar import shared_redis
from ghar.embedding import port
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db
URL = "/api/v1/properties/semantic-search"
LIST = "/api/v1/properties"

with_weights = pytest.mark.skipif(
    port.missing_weights(django_settings.EMBEDDING_MODELS_DIR) is not None, reason="bin/ghar setup --only models"
)


@pytest.fixture(autouse=True)
def recent_is_known(db):
    """A process asks once in ten minutes since when listings are recent: not in the middle of a test."""
    recent.find_beginning()


def ids(page):
    return [found["id"] for found in page["items"]]


def walk(api, **params):
    """The ids on all pages."""
    found, cursor = [], None
    while True:
        page = api.get(URL, {**params, **({"cursor": cursor} if cursor else {})}).json()
        found += ids(page)
        cursor = page["next_cursor"]
        if not page["has_more"]:
            return found


@pytest.fixture
def homes(cast):
    """Three homes whose texts share no word with the searches below."""
    calm = make_listing(cast.owner, title="Home A", description="Peaceful, leafy street. Children play outside.")
    loud = make_listing(cast.owner, title="Home B", description="Above a night club beside the flyover.")
    desk = make_listing(cast.owner, title="Suite C", description="Workstations and a boardroom.")
    embedding.system_embed_listings()
    return calm, loud, desk


def test_it_needs_words(api, db):
    for params in ({}, {"q": " "}, {"city": "Gurugram"}):
        answer = api.get(URL, params)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "BAD_REQUEST")


@with_weights
def test_what_is_meant_comes_first(api, homes):
    calm, loud, desk = homes
    page = api.get(URL, {"q": "quiet place to raise kids", "include_total": True}).json()
    assert ids(page) == [calm.pk, loud.pk, desk.pk]
    assert (page["ranking"], page["embedding_model"], page["total"]) == ("hybrid", "all-MiniLM-L6-v2", 3)
    first, *_, last = page["items"]
    assert first["vector_distance"] < last["vector_distance"]
    assert first["relevance_score"] > last["relevance_score"]
    assert ids(api.get(URL, {"q": "conference room for my company"}).json())[0] == desk.pk


def test_every_listing_that_passes_the_filters_is_there(api, cast, lexical):
    named = make_listing(cast.owner, title="Lake house")
    others = [make_listing(cast.owner, title="Mountain house") for _ in range(3)]
    make_listing(cast.owner, title="Lake house", city="Delhi")
    make_listing(cast.owner, title="Lake house", is_available=False)
    embedding.system_embed_listings()
    page = api.get(URL, {"q": "lake", "city": "gurgaon", "include_total": True}).json()
    assert ids(page) == [named.pk, *(other.pk for other in reversed(others))]
    assert (page["total"], page["ranking"]) == (4, "lexical")


def test_listings_without_a_vector_are_found_by_their_words_and_shown_with_the_others(api, cast, lexical):
    mentioned = make_listing(cast.owner, title="House", description="Near a lake")
    named = make_listing(cast.owner, title="Lake house")
    page = api.get(URL, {"q": "lake"}).json()
    assert ids(page) == [named.pk, mentioned.pk]
    assert [item["vector_distance"] for item in page["items"]] == [None, None]


def test_what_the_words_ask_for_counts(api, cast, lexical):
    small, large = (make_listing(cast.owner, title="Family home", bedrooms=count) for count in (2, 4))
    make_listing(cast.owner, title="Family home", bedrooms=2, base_price=90_000_000)
    embedding.system_embed_listings()
    assert ids(api.get(URL, {"q": "family home 2 bhk under 1 crore"}).json())[0] == small.pk
    assert ids(api.get(URL, {"q": "family home 4 bhk"}).json())[0] == large.pk
    assert small.pk not in ids(api.get(URL, {"q": "family home 2 bhk", "bedrooms_min": 4}).json())


def test_what_was_understood_orders_and_never_filters(api, cast, lexical):
    there = make_listing(cast.owner, title="Flat in Sector 45", bedrooms=2, floor_number=3, property_type="apartment")
    low = make_listing(cast.owner, title="Flat in Sector 45", bedrooms=2, floor_number=0, property_type="apartment")
    away = make_listing(cast.owner, title="Flat in Sector 50", bedrooms=2, floor_number=0, property_type="apartment")
    embedding.system_embed_listings()
    page = api.get(URL, {"q": "2 bhk flat sector 45 not ground floor", "purpose": "buy"}).json()
    assert ids(page) == [there.pk, low.pk, away.pk]
    assert page["understood"] == {
        "bedrooms_min": 2, "bedrooms_max": 2, "property_type": ["apartment"], "floor_number_min": 1,
        "locality": "sector 45",
    }  # fmt: skip
    assert page["filters_applied"] == {
        "q": "2 bhk flat sector 45 not ground floor", "purpose": "buy", "semantic_search": True,
        "sort_by": "relevance",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "so", "denied"),
    [
        ("flat without brokerage", "Zero brokerage.", "Brokerage of one month is payable."),
        ("quiet home", "Calm, away from the road.", "Loud traffic on the main road, horns all night."),
        ("शांत घर", "A peaceful lane.", "The club makes it noisy."),
        ("bina dalali flat", "Deal directly with the owner.", "The agent's commission applies."),
        ("pets allowed", "Your dog is welcome.", "No pets, please."),
    ],
)
def test_the_contrary_of_what_is_wanted_comes_last(api, cast, lexical, said, so, denied):
    first = make_listing(cast.owner, title="Flat", description=so)
    between = make_listing(cast.owner, title="Flat", description="Two balconies.")
    last = make_listing(cast.owner, title="Flat", description=denied)
    embedding.system_embed_listings()
    found = ids(api.get(URL, {"q": said}).json())
    assert found.index(first.pk) < found.index(last.pk)
    assert set(found) == {first.pk, between.pk, last.pk}


def test_price_and_popularity_are_honoured(api, cast, lexical):
    dear = make_listing(cast.owner, title="Lake house", base_price=9, like_count=1)
    cheap = make_listing(cast.owner, title="Mountain house", base_price=1, like_count=9)
    embedding.system_embed_listings()
    by = {"q": "lake", "semantic_search": "true"}
    assert ids(api.get(LIST, {**by, "sort_by": "price_low"}).json()) == [cheap.pk, dear.pk]
    assert ids(api.get(LIST, {**by, "sort_by": "price_high"}).json()) == [dear.pk, cheap.pk]
    assert ids(api.get(LIST, {**by, "sort_by": "popular"}).json()) == [cheap.pk, dear.pk]
    page = api.get(LIST, {**by, "sort_by": "newest"}).json()
    assert ids(page) == [dear.pk, cheap.pk]
    assert page["items"][0]["vector_distance"] is not None


def test_while_the_provider_is_away_words_rank_and_the_answer_says_so(api, cast, provider):
    other, named = make_listing(cast.owner, title="Mountain house"), make_listing(cast.owner, title="Lake house")
    embedding.system_embed_listings()
    provider.answer = lambda path, body: 503
    page = api.get(URL, {"q": "lake", "include_total": True}).json()
    assert ids(page) == [named.pk, other.pk]
    assert (page["ranking"], page["embedding_model"], page["total"]) == ("text", None, 2)


def test_vectors_of_another_model_are_not_compared(api, cast, provider, settings):
    make_listing(cast.owner, title="Lake house")
    embedding.system_embed_listings()
    assert api.get(URL, {"q": "lake"}).json()["items"][0]["vector_distance"] is not None
    settings.EMBEDDING_MODEL = "another"
    port.forget()
    assert api.get(URL, {"q": "lake"}).json()["items"][0]["vector_distance"] is None


def test_a_model_of_another_size(api, cast, provider):
    first, second = make_listing(cast.owner, title="Lake house"), make_listing(cast.owner, title="Mountain house")
    embedding.system_embed_listings()
    page = api.get(URL, {"q": "lake"}).json()
    assert set(ids(page)) == {first.pk, second.pk}
    assert page["ranking"] == "hybrid"


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
def test_each_listing_is_on_one_page(api, cast, lexical, limit, monkeypatch):
    """Also where the ranking ends in the middle of a page, and the newest follow."""
    monkeypatch.setattr("apps.properties.selectors.ranked.MOST_CHARACTERS", 40)
    listings = {make_listing(cast.owner, title=f"Lake house {number}").pk for number in range(20)}
    embedding.system_embed_listings()
    found = walk(api, q="lake house 7", limit=limit)
    assert len(found) == len(set(found)) == 20
    assert set(found) == listings
    assert found == walk(api, q="lake house 7", limit=20)


def test_pages_stand_still_while_listings_come_change_and_go(api, cast, lexical):
    """The first page's ranking holds for all pages; what is gone is left out, and nothing comes twice."""
    listings = [make_listing(cast.owner, title=f"Lake house {number}") for number in range(30)]
    embedding.system_embed_listings()
    before = walk(api, q="lake house", limit=100)
    page = api.get(URL, {"q": "lake house", "limit": 10}).json()
    seen, cursor = ids(page), page["next_cursor"]
    while cursor:
        rest = [one for one in before if one not in seen]
        if rest:
            gone = rest.pop()
            Property.objects.filter(pk=gone).delete()
            before.remove(gone)
        Property.objects.filter(pk=seen[0]).update(title="Mountain")
        make_listing(cast.owner, title="Lake house lake house")
        embedding.system_embed_listings()
        page = api.get(URL, {"q": "lake house", "limit": 10, "cursor": cursor}).json()
        seen += ids(page)
        cursor = page["next_cursor"]
    assert len(seen) == len(set(seen))
    old = {listing.pk for listing in listings}
    assert [one for one in seen if one in old] == before


def test_the_same_search_is_ranked_once_and_anew_after_a_change(api, cast, lexical):
    def statements(**params):
        with CaptureQueriesContext(connection) as run:
            assert api.get(URL, {"q": "lake house", **params}).status_code == 200
        return len(run)

    for number in range(12):
        make_listing(cast.owner, title=f"Lake house {number}")
    embedding.system_embed_listings()
    assert statements(limit=1) == 2
    assert statements(limit=10) == 1
    cursor = api.get(URL, {"q": "lake house", "limit": 5}).json()["next_cursor"]
    assert statements(limit=5, cursor=cursor) == 1
    newest = make_listing(cast.owner, title="Lake house lake")
    embedding.system_embed_listings()
    assert statements(limit=10) == 2
    assert newest.pk in ids(api.get(URL, {"q": "lake house"}).json())


def test_what_one_may_not_see_is_not_in_the_others_ranking(api, cast, lexical):
    """Rankings are kept for each who may see something else."""
    hidden = {"moderation_status": "pending_review"}
    waiting = make_listing(
        cast.owner, title="Lake room", property_type="pg", purpose="rent", listing_preferences=hidden
    )
    shown = make_listing(cast.owner, title="Lake house")
    embedding.system_embed_listings()
    assert set(ids(api.as_(cast.admin).get(URL, {"q": "lake"}).json())) == {waiting.pk, shown.pk}
    assert ids(api.get(URL, {"q": "lake"}).json()) == [shown.pk]


@pytest.mark.parametrize("cursor", ["x", "bm9uc2Vuc2U", "eyJrIjpbMSwyLDNdLCJzIjoibWVhbmluZyIsInYiOjF9"])
def test_a_foreign_cursor_is_refused(api, cast, lexical, cursor):
    answer = api.get(URL, {"q": "lake", "cursor": cursor})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "INVALID_CURSOR")
    make_listing(cast.owner)
    make_listing(cast.owner)
    newest = api.get(LIST, {"limit": 1}).json()["next_cursor"]
    assert api.get(URL, {"q": "lake", "cursor": newest}).status_code == 400


@pytest.mark.parametrize("said", ["'", "घर चाहिए", "a" * 500, "& | ! ( )", "\\", "%", "🏠", "2 bhk under", ":*"])
def test_any_words_are_answered(api, cast, lexical, said):
    make_listing(cast.owner)
    embedding.system_embed_listings()
    assert len(api.get(URL, {"q": said}).json()["items"]) == 1


def test_without_redis_every_search_is_ranked_anew(api, cast, lexical):
    make_listing(cast.owner, title="Lake house")
    embedding.system_embed_listings()
    for _ in range(2):
        shared_redis.rest_redis(ConnectionError("away"))
        with CaptureQueriesContext(connection) as run:
            assert api.get(URL, {"q": "lake"}).status_code == 200
        assert len(run) == 2
