"""Query strings as clients write them: every encoding, repeated names, blanks, and far too many."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghar.api import parsing

pytestmark = pytest.mark.django_db
LIST = "/api/v1/properties"


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("?city=Gurug%72am", "Gurugram"),
        ("?city=Pune&city=Gurugram", "Gurugram"),
        ("?city=Pune&city=", "Pune"),
        ("?city=Gurugram&nothing=%", "Gurugram"),
    ],
)
def test_the_last_value_that_is_not_blank_counts(api, query, meant):
    assert api.get(f"{LIST}{query}").json()["filters_applied"]["city"] == meant


@pytest.mark.parametrize("written", ["%E0%A4%98%E0%A4%B0", "घर"])
def test_words_in_any_script(api, written):
    assert api.get(f"{LIST}?q={written}").json()["filters_applied"]["q"] == "घर"


def test_bytes_that_are_no_text_are_not_an_error(api):
    assert api.get(f"{LIST}?q=%ff%fe").status_code == 200


def test_far_too_many_names_are_refused(api):
    answer = api.get(f"{LIST}?{'&'.join(f'n{number}=1' for number in range(1200))}")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "BAD_REQUEST"


@given(st.text("ab=&;+%2 é", max_size=30))
def test_names_and_values_are_those_of_the_standard_library(query):
    spelled = parsing.spelled(query.encode().decode("latin-1"))
    pairs = [(name, value) for name, values in spelled.items() for value in values]
    assert sorted(pairs) == sorted(parse_qsl(query, keep_blank_values=True))
