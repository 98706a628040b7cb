"""The words that listings use, counted for correcting what somebody types."""

from django.db import connection, transaction

from apps.properties.models.word import LONGEST_WORD
from apps.properties.rules import glossary, wishes, words
from apps.properties.selectors import shapes
from ghar.db import locks

MOST_DESCRIPTIONS = 5_000
"""Descriptions that are read, the newest: plain words repeat, and names stand in the other columns."""

# `ts_stat` takes its query as a text. The words of a text are parted as the search vector has them.
_LISTS = (
    f"SELECT string_agg(said, ' ') FROM jsonb_array_elements_text(coalesce({shapes.FEATURES}, '[]') || p.tags) said"  # noqa: S608
)
_TEXTS = f"""
SELECT to_tsvector('simple', translate(concat_ws(' ', title, sub_locality, locality, builder_name, landmark,
    amenity_words, search_keywords, ({_LISTS}), city), '-/_.', '    '))
FROM properties p WHERE is_available AND is_live
UNION ALL
(SELECT to_tsvector('simple', translate(regexp_replace(left(description, 50000), '<[^<>]*>', ' ', 'g'), '-/_.',
    '    '))
 FROM properties WHERE is_available AND is_live AND description IS NOT NULL
 ORDER BY created_at DESC, id DESC LIMIT {MOST_DESCRIPTIONS})
"""  # noqa: S608
_COUNT = """
INSERT INTO search_words (word, listings)
SELECT word, sum(ndoc) FROM (
    SELECT word, ndoc FROM ts_stat(%(texts)s) WHERE word ~ '^[^[:digit:][:space:][:punct:]]+$'
    UNION ALL SELECT unnest(%(own)s::text[]), 1
) counted
WHERE length(word) BETWEEN 3 AND %(longest)s
GROUP BY word
"""


def system_count_words() -> int:
    """Count the words of the open listings anew; those that the search itself understands are among them.

    Searches see the words before or those after, never none; who counts at the same time waits. Returns how many there
    are.
    """
    own = sorted({word for phrase in (*wishes.UNDERSTOOD, *glossary.MEANINGS.values()) for word in words.of(phrase)})
    with transaction.atomic(), connection.cursor() as cursor:
        locks.hold("search_words")
        cursor.execute("DELETE FROM search_words")
        cursor.execute(_COUNT, {"texts": _TEXTS, "own": own, "longest": LONGEST_WORD})
        return cursor.rowcount
