"""Texts are shortened to bytes, never within a character."""

import pytest

from apps.notifications.rules import texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [("short", "short"), ("exactly ten", "exactl…"), ("नमस्ते", "नम…"), ("", "")],
)
def test_it_fits_or_is_shortened(text, expected):
    assert texts.shortened(text, 9) == expected
    assert len(texts.shortened(text, 9).encode()) <= 9


def test_every_value_becomes_a_text():
    assert texts.as_texts({"a": "x", "b": 7, "c": None, "d": {"e": [True]}}) == {
        "a": "x", "b": "7", "c": "null", "d": '{"e": [true]}',
    }  # fmt: skip
