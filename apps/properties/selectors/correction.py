"""Misspelt words of a search, and what listings have instead."""

from django.db import connection

from apps.properties.models import SearchWord
from apps.properties.rules import queries, spelling
from apps.properties.selectors.asked import Asked

MOST_WORDS = 6
_MOST_CANDIDATES = 60

# A word that an open listing has is no mistake, whether or not the vocabulary has it already. Counting them keeps to
# the text index, where asking for one would read the table until one comes. Trigrams miss a slip in a short word
# ("prak"), so words of about the same length that begin alike are looked at too.
_CANDIDATES = f"""
SELECT asked.word, known.word, known.listings
FROM unnest(%(words)s::text[], %(queries)s::text[], %(beginnings)s::text[]) AS asked(word, query, beginning),
LATERAL (
    (SELECT w.word, w.listings FROM search_words w ORDER BY w.word <-> asked.word LIMIT {_MOST_CANDIDATES})
    UNION
    (SELECT w.word, w.listings FROM search_words w
     WHERE w.word LIKE asked.beginning AND length(w.word) BETWEEN length(asked.word) - 1 AND length(asked.word) + 1
     AND length(asked.word) < 6 ORDER BY w.listings DESC LIMIT {_MOST_CANDIDATES})
    UNION
    (SELECT w.word, w.listings FROM search_words w WHERE w.word LIKE asked.word || '%%' AND asked.word = %(unfinished)s
     ORDER BY w.listings DESC LIMIT 1)
) known
WHERE CASE WHEN EXISTS (SELECT FROM search_words w WHERE w.word = asked.word) THEN FALSE ELSE (
    SELECT count(*) FROM properties p
    WHERE p.search_vector @@ to_tsquery('english', asked.query) AND p.is_available AND p.is_live
) = 0 END
"""  # noqa: S608 - constants


def find_corrections(asked: Asked) -> dict[str, str]:
    """For each word that no open listing has, the word that was probably meant, in one statement; words for which
    nothing is near are left out."""
    if asked.wish is None or not (doubtful := queries.each(asked.wish)):
        return {}
    typed = list(doubtful)[:MOST_WORDS]
    with connection.cursor() as cursor:
        cursor.execute(
            _CANDIDATES,
            {
                "words": typed,
                "queries": [doubtful[word] for word in typed],
                "beginnings": [f"{word[0]}%" for word in typed],
                "unfinished": asked.wish.unfinished or "",
            },
        )
        rows = cursor.fetchall()
    known = {word: [(near, listings) for asked_for, near, listings in rows if asked_for == word] for word in typed}
    found = {
        word: spelling.nearest(word, near, unfinished=word == asked.wish.unfinished) for word, near in known.items()
    }
    return {word: near for word, near in found.items() if near is not None and near != word}


def count_words() -> int:
    """How many words are known."""
    return SearchWord.objects.count()
