"""Which listings somebody may like, in which order, and why."""

from collections import Counter

import pytest

from apps.discovery.rules import mixing, taste
from apps.discovery.rules.places import Cause, Place


def place(number, **facts):
    usual = {
        "title": f"House {number}", "city": "Gurugram", "locality": "Sector 45", "kind": "house", "purpose": "buy",
        "bedrooms": 3, "price": 100.0,
    }  # fmt: skip
    return Place(number, **{**usual, **facts})


LIKED = place(1, title="Sunny house")


def dealt(candidates, liked=(LIKED,), wishes=None, searches=None):
    return taste.deal(candidates, [Cause(one) for one in liked], wishes or {}, searches)


def test_more_in_common_comes_first_with_the_reason():
    same = place(10)
    locality_elsewhere = place(11, locality="Sector 50")
    kind_alone = place(12, city="Delhi", locality="Saket")
    nothing = place(13, city="Delhi", locality="Saket", kind="plot", bedrooms=None)
    cards = dealt([nothing, kind_alone, locality_elsewhere, same])
    assert [card.id for card in cards] == [10, 11, 12, 13]
    assert (cards[0].reason, cards[0].because_of) == ("Because you liked Sunny house", 1)
    assert (cards[3].reason, cards[3].because_of) == (taste.POPULAR, None)


def test_what_is_to_rent_is_not_like_what_is_to_buy():
    assert [card.because_of for card in dealt([place(10, purpose="rent")])] == [None]


def test_each_is_explained_by_the_like_that_it_is_most_like():
    flat = place(2, title="Flat", kind="apartment", city="Delhi", locality="Saket")
    cards = dealt([place(10), place(11, kind="apartment", city="delhi", locality="saket")], [flat, LIKED])
    assert {card.id: card.because_of for card in cards} == {10: 1, 11: 2}


def test_the_latest_like_counts_most():
    latest, earlier = place(2, city="Delhi", locality="Saket"), LIKED
    cards = dealt([place(10), place(11, city="Delhi", locality="Saket")], [latest, earlier])
    assert [card.id for card in cards] == [11, 10]


def test_one_place_is_not_shown_over_and_over():
    here = [place(number) for number in range(10, 20)]
    there = [place(number, locality="Sector 50") for number in range(20, 30)]
    order = [card.id for card in dealt([*here, *there])][:10]
    assert sum(number < 20 for number in order[:5]) <= 4
    assert sum(number < 20 for number in order) <= 8


def test_wishes_explain_where_there_are_no_likes():
    wishes = {"property_type": ["plot"], "location_preference": ["Saket"], "budget_max": 60, "bedrooms_min": None}
    right = place(10, kind="plot", locality="Saket", price=50.0)
    cards = dealt([place(11, price=90.0), right], [], wishes)
    assert [(card.id, card.reason) for card in cards] == [(10, taste.WANTED), (11, taste.POPULAR)]


@pytest.mark.parametrize("wishes", [{}, {"property_type": "plot", "budget_min": "a lot", "location_preference": 3}])
def test_without_anything_to_go_by_the_popular_come_first(wishes):
    candidates = [place(number, locality=f"Sector {number}", kind=f"kind {number}") for number in range(10, 15)]
    cards = dealt(candidates, [], wishes)
    assert [card.id for card in cards] == [10, 11, 12, 13, 14]
    assert {card.reason for card in cards} == {taste.POPULAR}


def test_a_deck_ends():
    many = [place(number, locality=f"Sector {number % 7}") for number in range(10, 510)]
    cards = dealt(many)
    assert len({card.id for card in cards}) == len(cards) == taste.LONGEST


def test_what_was_visited_explains_as_well():
    seen = Cause(place(2, title="Flat"), "you visited")
    (card,) = taste.deal([place(10)], [seen], {})
    assert (card.reason, card.because_of) == ("Because you visited Flat", 2)


def test_a_saved_search_explains_what_fits_it():
    near_work = place(10, city="Delhi", locality="Saket", kind="plot")
    cards = dealt([place(11, city="Pune", locality="Baner", kind="plot"), near_work], searches={10: "Near work"})
    assert (cards[0].id, cards[0].reason, cards[0].because_of) == (10, "Fits your search “Near work”", None)


def test_much_in_common_with_a_like_says_more_than_a_search():
    assert dealt([place(10)], searches={10: "Near work"})[0].because_of == LIKED.id


def pages(cards, by):
    """Of any twenty that follow each other, how many there are of one."""
    windows = [cards[start : start + mixing.PAGE] for start in range(max(1, len(cards) - mixing.PAGE + 1))]
    return max(max(Counter(by[card.id] for card in window).values()) for window in windows)


def test_no_society_fills_a_page():
    candidates = [place(number, society=f"Tower {number % 9}", locality=f"Sector {number % 9}") for number in range(60)]
    best = [place(number, society="Park View", price=100.0) for number in range(100, 130)]
    cards = dealt([*best, *candidates])
    society = {one.id: one.society for one in [*best, *candidates]}
    assert len(cards) == 90
    assert pages(cards[:60], society) <= mixing.MOST_OF_A_SOCIETY


def test_no_place_fills_a_page():
    candidates = [place(number, locality=f"Sector {number % 9}") for number in range(60)]
    best = [place(number, society=f"House {number}") for number in range(100, 140)]
    cards = dealt([*best, *candidates])
    locality = {one.id: one.locality for one in [*best, *candidates]}
    assert pages(cards[:60], locality) <= mixing.MOST_OF_A_PLACE


def test_one_society_alone_is_shown_whole():
    same = [place(number, society="Park View") for number in range(10, 40)]
    assert [card.id for card in dealt(same)] == list(range(10, 40))
