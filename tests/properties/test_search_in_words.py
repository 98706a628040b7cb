"""A search in somebody's own words: what is understood counts like filters, and the answer says what that was."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.listings import add_amenities, make_listing

pytestmark = pytest.mark.django_db
URLS = ["/api/v1/properties", "/api/v1/properties/semantic-search"]


def ids(api, url="/api/v1/properties", **params):
    answer = api.get(url, params)
    assert answer.status_code == 200, answer.content
    return [item["id"] for item in answer.json()["items"]]


def test_words_are_filters_and_the_answer_says_which(api, cast):
    right = make_listing(cast.owner, title="Right, in sector 45", bedrooms=3, base_price=8_900_000)
    make_listing(cast.owner, title="Dear, in sector 45", bedrooms=3, base_price=9_100_000)
    make_listing(cast.owner, title="Small, in sector 45", bedrooms=2, base_price=8_900_000)
    make_listing(cast.owner, title="Elsewhere, in sector 50", bedrooms=3, base_price=8_900_000)
    page = api.get("/api/v1/properties", {"q": "3 bhk under 90 lakh near sector 45, gurgaon"}).json()
    assert [item["id"] for item in page["items"]] == [right.id]
    applied = page["filters_applied"]
    assert applied.pop("sort_by") == "newest"
    assert applied == {
        "q": "3 bhk under 90 lakh near sector 45, gurgaon",
        "bedrooms_min": 3,
        "bedrooms_max": 3,
        "price_max": 9_000_000,
        "purpose": "buy",
        "city": "gurgaon",
        "locality": "sector 45",
    }


CASES = [
    ("2 bhk", {"bedrooms": 2}, {"bedrooms": 3}),
    ("villa", {"property_type": "villa"}, {"property_type": "house"}),
    ("kiraye par", {"purpose": "rent"}, {"purpose": "buy"}),
    ("semi furnished", {"furnishing_level": "semi_furnished"}, {"furnishing_level": "furnished"}),
    ("ground floor", {"floor_number": 0}, {"floor_number": 1}),
    ("not ground floor", {"floor_number": 1}, {"floor_number": 0}),
    ("with parking", {"parking_spaces": 1}, {"parking_spaces": 0}),
    ("pets allowed", {"listing_preferences": {"pets": "yes"}}, {"listing_preferences": {"pets": "no"}}),
    ("ladies", {"listing_preferences": {"gender_preference": "female"}}, {"listing_preferences": {}}),
    (
        "ladies",
        {"description": "For women"},
        {"listing_preferences": {"gender_preference": "male"}, "title": "No women"},
    ),
    ("dog friendly", {"description": "Pets are welcome"}, {"description": "A pet shop, no pets"}),
    ("under 90 lakh", {"purpose": "buy"}, {"purpose": "rent", "base_price": 30_000}),
    ("sector-45", {"locality": "Sector 45"}, {"locality": "Sector 4"}),
    ("sector 4", {"locality": "Sector 4"}, {"locality": "Sector 45"}),
    ("सेक्टर ४५", {"title": "Flat in Sec-45"}, {"title": "45 flats in a sector"}),
    ("DLF 3", {"locality": "DLF Phase 3"}, {"locality": "DLF Phase 1"}),
    ("gurgaon", {"city": "Gurugram"}, {"city": "Delhi", "description": "Half an hour to Gurgaon"}),
    ("sector 45", {"full_address": "12, Sector 45"}, {"landmark": "Sector 45 metro"}),
    ("gurgaon", {"city": None, "full_address": "12, Gurgaon"}, {"city": "Delhi"}),
    ("shaant", {"description": "A peaceful street"}, {}),
    ("rasoi", {"description": "A large kitchen"}, {}),
    ("park facing", {"description": "It faces the park"}, {"description": "a park"}),
    ("no brokerage", {"description": "No brokerage"}, {}),
    ("kesar villas", {"title": "Flat in Kesar Villas", "property_type": "apartment"}, {"property_type": "villa"}),
    ("kesar villas", {"title": "Kesar", "property_type": "villa"}, {"title": "Kesar"}),
]


@pytest.mark.parametrize(("words", "match", "miss"), CASES, ids=[case[0] for case in CASES])
def test_what_is_said_is_found(api, cast, words, match, miss):
    kept = make_listing(cast.owner, **match)
    make_listing(cast.owner, **miss)
    assert ids(api, q=words) == [kept.id]


@pytest.mark.parametrize(
    ("words", "amenity"), [("lift", "Elevator"), ("parking", "Covered Parking"), ("pet friendly", "Pet Friendly")]
)
def test_amenities_in_words(api, cast, words, amenity):
    listing = make_listing(cast.owner)
    add_amenities(listing, amenity)
    make_listing(cast.owner)
    assert ids(api, q=words) == [listing.id]


@pytest.mark.parametrize(
    ("words", "explicit"),
    [
        ("2 bhk", {"bedrooms_min": 3, "bedrooms_max": 3}),
        ("under 40 lakh", {"price_max": 6_000_000}),
        ("villa", {"property_type": "house"}),
        ("for rent", {"purpose": "buy"}),
        ("delhi", {"city": "Gurugram"}),
        ("sector 50", {"locality": "Sector 45"}),
        ("above 90 lakh", {"price_max": 6_000_000}),
        ("up to 2 bhk", {"bedrooms_min": 3}),
    ],
)
def test_what_is_given_explicitly_wins(api, cast, words, explicit):
    listing = make_listing(cast.owner, bedrooms=3, base_price=5_000_000, locality="Sector 45")
    page = api.get("/api/v1/properties", {"q": words, **explicit}).json()
    assert [item["id"] for item in page["items"]] == [listing.id]
    assert page["filters_applied"] == {
        "q": words,
        "sort_by": "newest",
        **{name: [value] if name == "property_type" else value for name, value in explicit.items()},
    }


def test_the_other_end_of_a_range_is_read(api, cast):
    right = make_listing(cast.owner, base_price=5_000_000)
    make_listing(cast.owner, base_price=9_000_000)
    make_listing(cast.owner, base_price=1_000_000)
    assert ids(api, q="under 60 lakh", price_min=2_000_000) == [right.id]


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("words", ["home without lift", "lift ke bina", "parking nahi chahiye", "not in sector 45"])
def test_what_is_not_wanted_is_not_asked_for(api, cast, url, words):
    listing = make_listing(cast.owner, parking_spaces=0)
    page = api.get(url, {"q": words}).json()
    assert [item["id"] for item in page["items"]] == [listing.id]
    assert not page["filters_applied"].keys() & {"has_lift", "parking_spaces_min", "locality", "words"}


def test_explicit_filters_that_contradict_each_other_are_refused(api, db):
    answer = api.get("/api/v1/properties", {"q": "2 bhk", "price_min": 5, "price_max": 4})
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["query", "price_min"])


def test_polite_words_alone_ask_for_everything(api, cast):
    listing = make_listing(cast.owner)
    assert ids(api, q="please show me homes") == [listing.id]


def test_the_last_word_may_be_unfinished(api, cast):
    lake = make_listing(cast.owner, title="Lakeview house")
    make_listing(cast.owner, title="House number 451")
    assert ids(api, q="house lak") == [lake.id]
    assert ids(api, q="45") == []


def test_where_nothing_is_found_types_and_purposes_are_words(api, cast):
    shop = make_listing(cast.owner, title="Shop in Rent Square", property_type="shop")
    page = api.get("/api/v1/properties", {"q": "rent square"}).json()
    assert [item["id"] for item in page["items"]] == [shop.id]
    assert page["filters_applied"] == {"q": "rent square", "sort_by": "newest"}


@pytest.mark.parametrize("words", ["3 bhk", "ground floor", "with lift", "pet friendly", "fully furnished"])
def test_where_nothing_is_found_what_a_text_says_will_do(api, cast, words):
    listing = make_listing(cast.owner, description=f"A house {words}.")
    make_listing(cast.owner)
    assert ids(api, q=words) == [listing.id]


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        ("under 90 lakh", {"base_price": 9_500_000}),
        ("not ground floor", {"floor_number": 0}),
        ("200 gaj", {"area_sqft": 900}),
    ],
)
def test_bounds_are_never_words(api, cast, words, facts):
    make_listing(cast.owner, title=words, **facts)
    assert ids(api, q=words) == []


@pytest.mark.parametrize(
    "words",
    ["\u202eمنزل للبيع", "家を探す", "!!! & | ( ) <-> :* '", "a" * 500, "🏠 " * 200, "' " * 250, ":*" * 250,
     "sector " * 70, "9" * 500, "1-" * 250, "\\" * 500, "%s %(words)s", "ÀÉÎ", "\u0301" * 400, "ﷺ" * 400],
)  # fmt: skip
@pytest.mark.parametrize("url", URLS)
def test_no_words_break_the_search(api, cast, url, words):
    make_listing(cast.owner)
    assert api.get(url, {"q": words, "include_total": True}).status_code == 200


@pytest.mark.parametrize("words", ["x" * 501, "x" * 10_000, "nul\x00"])
def test_what_cannot_be_words_is_refused_by_name(api, db, words):
    answer = api.get("/api/v1/properties", {"q": words})
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["query", "q"])


@pytest.mark.parametrize("words", ["villa near a lake", "3 bhk lake with parking and pets allowed", "lake"])
def test_one_statement_whatever_is_said(api, cast, words):
    make_listing(
        cast.owner,
        title="Lake",
        bedrooms=3,
        property_type="villa",
        parking_spaces=1,
        listing_preferences={"pets": "yes"},
    )
    with CaptureQueriesContext(connection) as statements:
        assert len(ids(api, q=words)) == 1
    assert len(statements) == 1


def test_pages_by_relevance_show_each_listing_once(api, cast):
    made = [make_listing(cast.owner, title="Lake " * (1 + number % 3)).id for number in range(7)]
    seen, cursor = [], ""
    while cursor is not None:
        page = api.get("/api/v1/properties", {"q": "lake", "sort_by": "relevance", "limit": 2, "cursor": cursor}).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert sorted(seen) == made
    assert len(seen) == len(made)
