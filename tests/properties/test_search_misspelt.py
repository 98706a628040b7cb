"""Where nothing is found, misspelt words are corrected by the words that listings use, and the answer says so."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.properties.models import SearchWord
from apps.properties.services import vocabulary
from ghar import jobs
from tests.support.listings import add_amenities, make_listing

pytestmark = pytest.mark.django_db
URL = "/api/v1/properties"


@pytest.fixture
def lake(cast):
    """A listing with words of its own, counted."""
    listing = make_listing(
        cast.owner, title="Lakeside villa", property_type="villa", bedrooms=3, sub_locality="Zenith Park",
        locality="Sector 45", description="<p>With <em>marble</em> floors.</p>", features={"Drawbridge": True},
        tags=["haunted"],
    )  # fmt: skip
    add_amenities(listing, "Squash Court")
    make_listing(cast.owner)
    vocabulary.system_count_words()
    return listing


def search(api, words, **params):
    page = api.get(URL, {"q": words, **params}).json()
    return [item["id"] for item in page["items"]], page["filters_applied"].get("corrected")


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("lekaside", {"lekaside": "lakeside"}),
        ("marbel", {"marbel": "marble"}),
        ("zenit prak", {"zenit": "zenith", "prak": "park"}),
        ("sqash", {"sqash": "squash"}),
        ("drawbrige huanted", {"drawbrige": "drawbridge", "huanted": "haunted"}),
        ("vila lakeside", {"vila": "villa"}),
        ("3 bedrom villa in sectot 45", {"bedrom": "bedroom", "sectot": "sector"}),
    ],
)
def test_a_misspelt_word_is_corrected(api, lake, typed, corrected):
    assert search(api, typed) == ([lake.pk], corrected)


def test_what_is_found_as_it_is_typed_is_not_corrected(api, cast, lake):
    odd = make_listing(cast.owner, title="Lekaside hut")
    assert search(api, "lekaside") == ([odd.pk], None)


def test_known_words_that_stand_together_nowhere_are_not_corrected(api, cast, lake):
    make_listing(cast.owner, title="Mountain hut")
    assert search(api, "lakeside mountain") == ([], None)


@pytest.mark.parametrize("words", ["xyzzy", "qqqq wwww", "77777", "🏠"])
def test_what_is_near_to_nothing_finds_nothing(api, lake, words):
    assert search(api, words) == ([], None)


def test_a_word_of_a_hidden_listing_is_as_unknown_as_any_other(api, cast, lake):
    hidden = {"listing_preferences": {"moderation_status": "pending_review"}, "property_type": "pg", "purpose": "rent"}
    make_listing(cast.owner, title="Laekside", **hidden)
    vocabulary.system_count_words()
    assert search(api, "laekside") == ([lake.pk], {"laekside": "lakeside"})
    assert not SearchWord.objects.filter(word="laekside").exists()


def test_pages_of_a_corrected_search_follow_each_other(api, cast, lake):
    others = [make_listing(cast.owner, title="Lakeside hut").pk for _ in range(4)]
    first = api.get(URL, {"q": "lekaside", "limit": 3, "include_total": True}).json()
    second = api.get(URL, {"q": "lekaside", "limit": 3, "cursor": first["next_cursor"]}).json()
    assert first["has_more"]
    assert [item["id"] for page in (first, second) for item in page["items"]] == [*reversed(others), lake.pk]
    assert (first["total"], second["has_more"]) == (5, False)


def test_the_other_filters_apply_to_the_corrected_words(api, lake):
    assert search(api, "lekaside", bedrooms_min=4)[0] == []


def test_a_correction_costs_one_statement_and_the_search_again(api, lake):
    with CaptureQueriesContext(connection) as statements:
        assert search(api, "lekaside")[0] == [lake.pk]
    assert len(statements) == 3


def test_words_are_counted_anew(cast, lake):
    assert SearchWord.objects.get(word="lakeside").listings == 1
    make_listing(cast.owner, title="Lakeside hut")
    lake.delete()
    jobs.run(jobs.scheduled()["properties.count_words"][0])
    assert SearchWord.objects.get(word="lakeside").listings == 1
    assert not SearchWord.objects.filter(word__in=["zenith", "45", "em"]).exists()
    assert SearchWord.objects.filter(word="apartment").exists()  # the search's own
