"""The judged queries, what judges go by, and the figures that come of it."""

import pytest

from bench.relevance.concepts import CONCEPTS
from bench.relevance.homes import COUNT, homes
from bench.relevance.judging import Query, Verdict, beds, column, has, place, price
from bench.relevance.measures import GOOD, mean, score
from bench.relevance.queries import QUERIES


def seen(home):
    """A made listing as judges see it."""
    equipment = {one.lower() for one in home["amenities"]}
    words = " ".join([home["title"], home["description"], *home["amenities"]]).lower()
    return {**home, "equipment": equipment, "words": words}


@pytest.fixture(scope="module")
def collection():
    return [seen(home) for home in homes()]


@pytest.mark.parametrize("name", CONCEPTS)
def test_judges_recognise_each_phrase_and_no_other_concepts(name):
    for other, concept in CONCEPTS.items():
        for phrases, verdict in ((concept.yes, Verdict.MET), (concept.no, Verdict.CONTRADICTED)):
            expected = verdict if other == name else Verdict.MISSED
            assert {CONCEPTS[name].want({"words": phrase.lower()}) for phrase in phrases} <= {expected}


def test_there_are_a_hundred_and_fifty_queries_with_something_to_find(collection):
    assert len(collection) == COUNT
    judged = [query for query in QUERIES if max(query.grade(home) for home in collection) >= GOOD]
    assert len(judged) >= 150
    assert len({query.said for query in QUERIES}) == len(QUERIES)
    for language, least in {"en": 80, "hinglish": 30, "hi": 25}.items():
        assert sum(query.language == language for query in judged) >= least
    assert sum(query.hard for query in judged) >= 30


def test_listings_are_the_same_every_time(collection):
    assert collection == [seen(home) for home in homes()]


def test_a_grade_is_how_much_of_it_is_met():
    home = {
        "bedrooms": 3, "base_price": 50, "title": "Flat in Sector 45", "locality": None, "sub_locality": None,
        "full_address": None, "equipment": {"lift"}, "words": "", "floor_number": None,
    }  # fmt: skip
    assert Query("", "en", (place("Sector 45"), beds(3), price(50), has("Lift"))).grade(home) == 3
    assert Query("", "en", (place("Sector 45"), beds(3), price(50), has("Pool"))).grade(home) == 2
    assert Query("", "en", (place("Sector 45"), beds(3), has("Pool"))).grade(home) == 1
    assert Query("", "en", (has("Pool"), beds(3), price(50))).grade(home) == 0  # the first must be met
    assert Query("", "en", (place("Sector 45"), beds(2), price(50))).grade(home) == 0  # contradicted
    assert Query("", "en", (place("Sector 4"),)).grade(home) == 0
    assert column("floor_number", 0)(home) is Verdict.MISSED


def test_a_perfect_ranking_is_one_and_an_empty_one_nothing():
    assert score([3, 2, 1], [1, 2, 3], first=10).ndcg == 1
    assert score([], [3], first=10) == score([0, 0], [3], first=10)
    assert score([], [3], first=10).ndcg == 0
    worse = score([0, 3], [3], first=10)
    assert (round(worse.ndcg, 3), worse.reciprocal) == (0.631, 0.5)
    assert score([1, 1, 3], [3], first=2).reciprocal == 0
    assert mean([score([3], [3], first=10), score([], [3], first=10)]).ndcg == 0.5
