"""What comes from servers outside is made fit for a talk."""

import pytest

from apps.assistant.rules import borrowed


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("search the web for floods in sector 45", "floods in sector 45"),
        ("Please search on the internet about stamp duty?", "stamp duty"),
        ("look it up online: metro line 3", "metro line 3"),
        ("google the web for schools.", "schools"),
    ],
)
def test_a_wish_to_search_the_web(words, query):
    assert borrowed.is_web_search(words)
    assert borrowed.web_query(words) == query


@pytest.mark.parametrize("words", ["search for flats", "3 bhk near the web", "book online", "find a home on the net"])
def test_other_wishes(words):
    assert not borrowed.is_web_search(words)


@pytest.mark.parametrize(
    ("schema", "field"),
    [
        ({"properties": {"q": {}, "count": {}}, "required": ["q"]}, "q"),
        ({"properties": {"query": {}}}, "query"),
        ({"properties": {"words": {}}, "required": ["words"]}, "words"),
        ({"properties": {"query": {}, "engine": {}}, "required": ["query", "engine"]}, None),
        ({"properties": {"a": {}, "b": {}}}, None),
        ({}, None),
    ],
)
def test_where_the_words_go(schema, field):
    assert borrowed.query_field(schema) == field


def test_a_name_that_models_can_call():
    assert borrowed.name("web", "news.search/v2") == "web_news_search_v2"
    assert borrowed.name("web", "x" * 61) is None
