"""What was probably meant by a misspelt word."""

import pytest

from apps.properties.rules.spelling import nearest, slips_between

KNOWN = [("sector", 900), ("section", 3), ("park", 500), ("pack", 2), ("parking", 300), ("balcony", 80),
         ("apartment", 400), ("metro", 250), ("meter", 9)]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("secter", "sector"), ("prak", "park"), ("balconny", "balcony"), ("appartmant", "apartment"), ("metor", "metro"),
     ("xyzzy", None), ("par", "park"), ("lake", None)],
)  # fmt: skip
def test_the_nearest_word_is_meant(typed, meant):
    assert nearest(typed, KNOWN) == meant


def test_an_unfinished_word_is_what_begins_so_in_most_listings():
    assert nearest("apartm", KNOWN, unfinished=True) == "apartment"
    assert nearest("apar", KNOWN, unfinished=True) == "apartment"
    assert nearest("apar", KNOWN) is None


def test_nothing_is_near_to_nothing():
    assert nearest("park", []) is None


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("", "", 0), ("abc", "abc", 0), ("abc", "", 3), ("abc", "acb", 1), ("abc", "adc", 1), ("abc", "abcd", 1),
     ("ca", "abc", 3)],
)  # fmt: skip
def test_slips_are_counted(one, other, slips):
    assert slips_between(one, other) == slips_between(other, one) == slips
