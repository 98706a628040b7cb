"""The lexical fallback compares spellings, the same way everywhere."""

import math

import pytest

from ghar.embedding.lexical import Lexical


def alike(one: str, other: str) -> float:
    vectors = Lexical().documents([one, other])
    return math.fsum(a * b for a, b in zip(*vectors, strict=True))


def test_the_same_words_are_close_and_others_are_far():
    assert alike("flat near the metro", "metro flat") > 0.95
    assert alike("apartments with parking", "apartment with parkings") > 0.3
    assert abs(alike("villa with a garden", "office on rent")) < 0.25


@pytest.mark.parametrize("text", ["", "the", "!?", "घर", "flat"])
def test_vectors_of_length_one_for_any_text(text):
    vector = Lexical().query(text)
    assert len(vector) == 384
    assert math.isclose(math.fsum(value * value for value in vector), 1)


def test_the_same_on_every_machine():
    vector = Lexical().query("flat")
    places = sorted((place for place, value in enumerate(vector) if value), key=lambda at: -abs(vector[at]))
    assert (places[0], vector[places[0]] > 0) == PLACE_OF_FLAT


PLACE_OF_FLAT = (222, False)
