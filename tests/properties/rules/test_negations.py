"""What is denied is never what is looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.properties.rules.wishes import read

PHRASES = [
    "parking", "2 car parking", "lift", "elevator", "pets allowed", "for rent", "for sale", "short stay",
    "monthly", "pg", "flat", "flatmate", "villa", "house", "office space", "plot", "furnished",
    "fully furnished", "semi furnished", "unfurnished", "ground floor", "3rd floor", "first floor", "3 bhk",
    "2-3 bhk", "at least 2 bedrooms", "more than 90 lakh", "under 90 lakh", "less than 50 lakh", "50-80 lakh",
    "30k", "above 200 gaj", "under 1500 sqft", "2 bathrooms", "under 5 years old", "for 4 guests", "for girls",
    "for boys", "private room", "double sharing", "entire home", "sector 45", "in sector 45", "near sec-45",
    "dlf phase 3", "in gurgaon", "new delhi", "kiraye par", "सेक्टर ४५", "दो कमरे", "लिफ्ट",
]  # fmt: skip
BEFORE = [
    "no",
    "not",
    "without",
    "without any",
    "non",
    "other than",
    "except",
    "except for",
    "bina",
    "बिना",
    "don't want",
]
BEHIND = ["nahi", "nahin chahiye", "ke bina", "ke alawa", "not wanted", "bina", "नहीं", "के बिना", "बिना"]


def meant(words):
    """Each thing that was understood, and where."""
    wish = read(words)
    filters = {(name, str(value)) for name, value in wish.filters.items()}
    return filters | {("city", wish.city)} - {("city", None)} | {("locality", place.name) for place in wish.localities}


@pytest.mark.parametrize("phrase", PHRASES)
def test_every_phrase_means_something(phrase):
    assert meant(phrase)


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_negation_before_a_phrase_never_asks_for_it(phrase):
    assert [negation for negation in BEFORE if meant(f"{negation} {phrase}") & meant(phrase)] == []


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_negation_behind_a_phrase_never_asks_for_it(phrase):
    assert [negation for negation in BEHIND if meant(f"{phrase} {negation}") & meant(phrase)] == []


@given(st.sampled_from(BEFORE), st.sampled_from(PHRASES), st.sampled_from(["kitchen", "terrace garden"]))
def test_other_words_beside_it_change_nothing(negation, phrase, other):
    assert not meant(f"{other} {negation} {phrase} {other}") & meant(phrase)


@pytest.mark.parametrize(
    "words",
    ["no parking", "parking nahi chahiye", "covered parking not required", "home without lift", "lift ke bina",
     "neither lift nor parking", "no pg or hostel", "not for rent", "not in sector 45", "sector 45 nahi"],
)  # fmt: skip
def test_what_has_no_filter_for_its_opposite_is_left_out(words):
    assert (meant(words), read(words).text) == (set(), "")


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("no furnished", "unfurnished"),
        ("furnished nahi chahiye", "unfurnished"),
        ("without ground floor", "not ground floor"),
        ("not more than 90 lakh", "at most 90 lakh"),
        ("no less than 2 bhk", "at least 2 bhk"),
        ("not under 1500 sqft", "at least 1500 sqft"),
        ("flat not for sale", "flat"),
        ("2 bhk without lift in sector 45", "2 bhk in sector 45"),
        ("no lift or balcony", "balcony"),
        ("flat not 25000", "flat"),
        ("no lift, with parking", "parking"),
        ("not sector 45 but sector 46", "sector 46"),
        ("sector 45 nahi sector 46", "sector 46"),
        ("pg nahi chahiye, flat chahiye", "flat"),
    ],
)
def test_what_is_said_besides_counts(words, same):
    assert (meant(words), read(words).text) == (meant(same), read(same).text)


@pytest.mark.parametrize("words", ["no brokerage", "without brokerage", "zero brokerage", "bina dalali"])
def test_a_negation_of_what_is_no_filter_stays_among_the_words(words):
    assert (meant(words), read(words).text) == (set(), "brokerage")


def test_pets_that_are_no_problem_are_welcome():
    assert read("pets not a problem").filters == {"amenities": ["Pet Friendly"]}
