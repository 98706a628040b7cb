"""Plain requests are told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.assistant.rules.intents import Intent, Wish, is_clear, read


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("3 bhk under 90 lakh near sector 45", Intent(Wish.SEARCH)),
        ("show me flats for rent", Intent(Wish.SEARCH)),
        ("villas in Gurgaon", Intent(Wish.SEARCH)),
        ("tell me more about number 12", Intent(Wish.SHOW, 12)),
        ("details of #7", Intent(Wish.SHOW, 7)),
        ("number 12", Intent(Wish.SHOW, 12)),
        ("tell me more about it", Intent(Wish.SHOW)),
        ("book a visit on Sunday at 4", Intent(Wish.BOOK_VISIT)),
        ("schedule a visit to number 12 tomorrow at 5", Intent(Wish.BOOK_VISIT, 12)),
        ("my visits", Intent(Wish.LIST_VISITS)),
        ("what visits do I have?", Intent(Wish.LIST_VISITS)),
        ("cancel visit 3", Intent(Wish.CANCEL_VISIT, 3)),
        ("please cancel my visit", Intent(Wish.CANCEL_VISIT)),
        ("which amenities are there?", Intent(Wish.AMENITIES)),
        ("who am I?", Intent(Wish.STATUS)),
        ("hello", Intent(Wish.GREETING)),
        ("yes", Intent(Wish.YES)),
        ("Yes please!", Intent(Wish.YES)),
        ("no, thanks", Intent(Wish.NO)),
        ("quantum chromodynamics", Intent(Wish.UNKNOWN)),
    ],
)
def test_a_request_is_understood(words, intent):
    assert read(words) == intent


@given(st.text(max_size=500))
def test_no_text_is_refused(words):
    assert read(words).wish in Wish
    assert is_clear(words) in (True, False)


@given(st.integers(1, 10**12))
def test_a_number_is_read_whole(number):
    assert read(f"book a visit to number {number} on sunday at 4").number == number


@pytest.mark.parametrize(
    ("words", "clear"),
    [
        ("book a visit to number 3 on Sunday at 4", True),
        ("yes", True),
        ("cancel visit 3", True),
        ("tell me about number 3", False),
        ("could somebody book a visit?", False),
        ("is it nice there", False),
    ],
)
def test_what_tells_to_act_is_clear(words, clear):
    assert is_clear(words) is clear
