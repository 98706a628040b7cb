"""Cursors: what an order wrote it reads again, and anything else is refused in one way."""

import base64
import contextlib

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghar.db.keyset import InvalidCursor, Key, Order, whole_number

ORDER = Order("by_price", (Key("price", "t.price", float), Key("id", "t.id", whole_number)))


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(-(2**63), 2**63 - 1))
def test_a_cursor_round_trips_exactly(price, number):
    _, values = ORDER.after(ORDER.cursor_of([price, number]))
    assert list(values.values()) == [price, number]


@given(st.text())
def test_any_other_text_is_absent_or_refused(text):
    with contextlib.suppress(InvalidCursor):
        assert ORDER.after(text) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(codec="utf-8")),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["k", "s", "v"]), inner),
    )
)
def test_any_other_content_is_refused(content):
    cursor = base64.urlsafe_b64encode(orjson.dumps(content)).decode()
    with pytest.raises(InvalidCursor):
        ORDER.after(cursor)


def test_conditions():
    assert ORDER.after(ORDER.cursor_of([1.5, 2]))[0] == "(t.price, t.id) > (%(after_0)s, %(after_1)s)"
    assert (ORDER.after(None), ORDER.after(" "), ORDER.after("NULL"), ORDER.after("undefined")) == (None,) * 4
