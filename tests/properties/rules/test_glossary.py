"""The glossary holds together: what it says is reached, and says the same however often it is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.properties.rules import glossary, queries, wishes, words


def test_every_phrase_is_read_as_its_meaning():
    for phrase, meaning in glossary.MEANINGS.items():
        assert glossary.translate(words.plain(phrase)) == (meaning, {meaning: phrase})


@pytest.mark.parametrize(
    ("said", "english"), [("do kamre", "2 rooms"), ("तीन बेडरूम", "3 bedroom"), ("ek crore", "1 crore"), ("do", "do")]
)
def test_a_number_in_words_is_one_before_what_is_counted(said, english):
    assert glossary.translate(words.plain(said))[0] == english


def test_no_meaning_is_a_phrase_with_another_meaning():
    assert {english for english in glossary.MEANINGS.values() if glossary.translate(english)[0] != english} == set()


def test_nobody_says_one_thing_for_two():
    said = [
        words.plain(part) for line in glossary._MEANT.strip().splitlines() for part in line.split(":")[1].split(",")
    ]
    assert sorted(phrase for phrase in set(said) if said.count(phrase) > 1) == []


@pytest.mark.parametrize("phrase", ["kamre", "KAMRE", " kamre ", "kamre,", "(kamre)"])
def test_case_and_punctuation_do_not_matter(phrase):
    assert glossary.translate(words.plain(phrase))[0] == "rooms"


@pytest.mark.parametrize("spelled", ["ज़मीन", "जमीन", "\u095bमीन"])
def test_the_nukta_does_not_matter(spelled):
    assert glossary.translate(words.plain(spelled))[0] == "plot"


def test_what_was_typed_is_looked_for_beside_its_meaning():
    assert queries.of(wishes.read("rasoi")) == "('kitchen' | 'rasoi')"


def test_words_of_one_line_find_each_other():
    assert queries.of(wishes.read("elevator shaant")) is not None
    assert "'calm'" in str(queries.of(wishes.read("shaant")))


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=words.LONGEST))
def test_a_query_holds_nothing_but_words_in_quotes(text):
    query = queries.of(wishes.read(text)) or ""
    quoted = query.split("'")[1::2]
    assert all(words.of(one) == one.split() for one in quoted)
    assert set("".join(query.split("'")[::2])) <= set("()|& :*ABC")
