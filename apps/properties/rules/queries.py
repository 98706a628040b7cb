"""A search by words as PostgreSQL's text search takes it. Pure.

Only letters, digits and their signs come from what somebody typed, and each word stands in quotes, so nothing that is
typed can be an operator.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from apps.properties.rules import glossary, places, words
from apps.properties.rules.places import Place
from apps.properties.rules.wishes import Wish

NOTHING = ""
"""What no listing matches."""

_WHERE_IT_IS = "AC"  # title, society, locality, address and city; landmarks and descriptions tell of other places too


_kept = lru_cache(maxsize=2048)
"""As long as a wish is kept itself: every page of a search asks the same."""


@_kept
def of(wish: Wish) -> str | None:
    """What must stand in a listing's text: all words, and one of the places. None when nothing must."""
    return _all(wish, [in_one_of(wish.localities)] if wish.localities else [])


@_kept
def begun(wish: Wish) -> str | None:
    """The same without the word that somebody may still be typing; None without such a word, or when it is all."""
    if wish.unfinished is None:
        return None
    finished = " ".join(word for word in wish.text.split() if word != wish.unfinished)
    return of(replace(wish, text=finished, unfinished=None))


@_kept
def ranked_by(wish: Wish) -> str:
    """The same as a listing is ranked by it: the phrases of the places, which have weights, and not their marks."""
    phrases = [phrase for place in wish.localities for phrase in place.phrases]
    return _all(wish, [where_it_is(phrases)] if phrases else []) or NOTHING


def _all(wish: Wish, where: list[str]) -> str | None:
    said = (_word(word, wish) for word in wish.text.split())
    city = [where_it_is(places.names_of(wish.city))] if wish.city else []
    return " & ".join([*said, *where, *city]) or None


@_kept
def in_one_of(found: tuple[Place, ...]) -> str:
    """In one of the places, by their marks as far as they have some: those the index finds without any listing read."""
    marks = any_of(mark for place in found for mark in place.marks)
    unmarked = [phrase for place in found for phrase in place.unmarked]
    return f"({marks} | {where_it_is(unmarked)})" if unmarked else marks


def plain(said: str) -> str:
    """All words as they were typed, whatever they may mean. Without any word it is empty, which nothing matches."""
    return " & ".join(f"'{word}'" for word in words.of(said))


def where_it_is(phrases: Iterable[str]) -> str:
    """One of the phrases, in what says where a listing is."""
    return any_of(phrases, _WHERE_IT_IS)


def each(wish: Wish) -> dict[str, str]:
    """The words that may be misspelt, each with the query that finds it: no numbers, and none of the glossary's."""
    typed = (word for word in wish.text.split() if word.isalpha() and word not in glossary.ALIKE)
    return {word: _word(word, wish) for word in typed if word not in wish.instead}


def _word(word: str, wish: Wish) -> str:
    alike = dict.fromkeys([*glossary.alternatives(word), wish.instead.get(word, word)])
    return any_of(alike, "*" if word == wish.unfinished else "")


def any_of(phrases: Iterable[str], label: str = "") -> str:
    """One of the phrases, with the label on each of their words."""
    mark = f":{label}" if label else ""
    return "(" + " | ".join(f"'{one}'{mark}" for one in phrases) + ")"
