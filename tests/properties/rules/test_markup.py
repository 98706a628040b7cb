"""Texts about a listing keep their allowed markup and lose the rest."""

from hypothesis import given
from hypothesis import strategies as st

from apps.properties.rules import markup


def test_a_description_keeps_the_allowed_tags_only() -> None:
    text = '<h2>Big</h2><script>x()</script><p onclick="y()">Park <b>facing</b></p><a href="javascript:z()">go</a>'
    clean = markup.description(text)
    assert "<h2>Big</h2>" in clean
    assert "<p>Park facing</p>" in clean
    assert "script" not in clean
    assert "onclick" not in clean


def test_a_title_is_plain_text_of_at_most_200_characters() -> None:
    assert markup.title("<b>Corner</b>  plot &\n park") == "Corner plot & park"
    assert len(markup.title("x" * 300)) == 200


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = markup.description(text)
    assert markup.description(once) == once
