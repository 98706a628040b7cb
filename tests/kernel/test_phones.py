"""Phone numbers in every usual form become E.164; anything else is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghar import phones


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("98765 43210", "+919876543210"),
        ("00919876543210", "+919876543210"),
        ("919876543210", "+919876543210"),
        ("09876543210", "+919876543210"),
        ("+91-98765-43210", "+919876543210"),
        ("+1 (415) 555-2671", "+14155552671"),
        ("(022) 2345 6789", "+912223456789"),
    ],
)
def test_usual_forms(typed, stored):
    assert phones.normalise(typed) == stored
    assert phones.normalise(stored) == stored


@pytest.mark.parametrize("typed", ["", "12345", "phone", "+", "+1", "9" * 20, "+91 98765", "\x00"])
def test_no_phone(typed):
    with pytest.raises(ValueError, match="Not a phone number"):
        phones.normalise(typed)


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_a_value_error(text):
    try:
        number = phones.normalise(text)
    except ValueError:
        return
    assert number.startswith("+")
    assert number[1:].isdigit()
    assert phones.normalise(number) == number
