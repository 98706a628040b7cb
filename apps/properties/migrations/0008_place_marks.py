"""The vector of a listing has one more word for each sector and phase that it says it is in.

A place is said in several ways (`Sector 45`, `Sec-45`, `sector45`), and counts in titles and addresses only. The index
knows neither neighbours nor weights, so a search for a place had to read the vector of every listing that has those
words anywhere. A word that stands for the place alone is found by the index alone.

Safe on a large table that is in use: the function behind the generated column is replaced, which looks at no row, and
rows that may name a place are written anew five hundred at a time, each batch a transaction of its own. Code from
before knows nothing of the new words and misses nothing. A run that is broken off is simply begun again.
"""

from importlib import import_module

from django.db import migrations

BATCH = 500
BEFORE = import_module("apps.properties.migrations.0003_text_search").VECTOR

# Places are asked of the vector itself, in the words that searches had asked for. English leaves out `i`, so what is in
# `DLF Phase I` says a phase without a number. Built-in names only, as in the function that this one follows.
_SECTORS = """
    SELECT 'atsector' || number, '(sector:AC | sec:AC) <-> ' || number || ':AC | sector' || number || ':AC | sec' || number || ':AC'
    FROM (
        SELECT DISTINCT substring(word FROM '^(?:sector|sec)?([0-9]{1,3}[a-z]?)$')
        FROM unnest(tsvector_to_array(vector)) word
    ) numbers (number)
    WHERE number IS NOT NULL
"""  # noqa: E501 - one query
_PHASES = {"1": "!(2:AC | 3:AC | 4:AC | 5:AC | ii:AC | iii:AC | iv:AC | v:AC)", "2": "ii:AC", "3": "iii:AC",
           "4": "iv:AC", "5": "v:AC"}  # fmt: skip


def _phase(number, roman):
    said = [f"{before} <-> {number}:AC" for before in ("phase:AC", "citi:AC <-> phase:AC", "ph:AC")]
    either = " | ".join(f"dlf:AC <-> {one}" for one in [*said, f"{number}:AC", f"phase:AC <-> {roman}"])
    return f"('atdlf{number}', '{either}')"


def _with_marks(before):
    """The same function, with the marks of the places that its vector says."""
    signature, _, words = before.partition("SELECT")
    places = f"{_SECTORS} UNION ALL VALUES {', '.join(_phase(*phase) for phase in _PHASES.items())}"
    return f"""{signature}
    WITH said AS (SELECT {words.strip().removesuffix("$$")} AS vector)
    SELECT vector || array_to_tsvector(ARRAY(
        SELECT mark FROM ({places}) places (mark, query) WHERE vector @@ query::tsquery
    )) FROM said
$$"""


def _replacing(function):
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


_NEXT = """
WITH batch AS (
    SELECT id FROM properties WHERE id > %s AND search_vector @@ 'sector:* | sec:* | dlf'::tsquery
    ORDER BY id LIMIT %s FOR NO KEY UPDATE
), written AS (
    UPDATE properties p SET title = title FROM batch WHERE p.id = batch.id RETURNING p.id
)
SELECT max(id) FROM written
"""


def mark_places(_apps, schema_editor):
    """Write the listings anew that may name a place; the database makes their vectors."""
    last = 0
    with schema_editor.connection.cursor() as cursor:
        while last is not None:
            cursor.execute(_NEXT, [last, BATCH])
            (last,) = cursor.fetchone()


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("properties", "0007_boosted")]

    operations = [
        migrations.RunSQL(_replacing(_with_marks(BEFORE)), _replacing(BEFORE)),
        migrations.RunPython(mark_places, migrations.RunPython.noop),
    ]
