"""Vectors for the data set: of each listing the mean of its sentences' vectors, which lies near that of the whole text.

There are some hundred different sentences, so the embedder is asked a hundred times instead of twenty thousand, which
would take six minutes. A process of its own: the number of rows is all that comes back.
"""

import math
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import django
import psycopg
from psycopg import sql

from bench import servers

_CUT = re.compile(r"(?<=[.,]) ")
_NUMBERS = re.compile(r"\d+ square feet|on the \w+ floor")


def load(name: str) -> int:
    """Embed the listings of a database; how many."""
    done = subprocess.run(
        [sys.executable, "-c", "from bench import vectors; vectors.main()"],
        env=servers.environment(name),
        stdout=subprocess.PIPE,
        check=True,
    )
    return int(done.stdout)


def main() -> None:
    """Embed the listings of the database that DATABASE_URL names."""
    django.setup()
    with closing(psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)) as connection:
        connection.execute("SET statement_timeout = 0")
        rows = connection.execute("SELECT id, title, description FROM properties WHERE is_available").fetchall()
        _copy(connection, [(number, f"{title}. {description}") for number, title, description in rows])
        connection.execute("TRUNCATE embedding_requests")
        connection.execute("VACUUM (ANALYZE) property_embeddings")
    print(len(rows))


def _copy(connection: "psycopg.Connection[Any]", texts: Sequence[tuple[int, str]]) -> None:
    from ghar.embedding import port  # noqa: PLC0415 - Django is set up first

    embedder = port.current()
    sentences = sorted({part for _, text in texts for part in _parts(text)})
    known = dict(zip(sentences, embedder.documents(sentences), strict=True))
    index = "SELECT indexname, indexdef FROM pg_indexes WHERE indexname LIKE 'property_embeddings_hnsw%'"
    indexes = connection.execute(index).fetchall()
    for name, _ in indexes:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(str(name))))
    copy = "COPY property_embeddings (property_id, model, text_hash, embedding) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(copy) as rows:
        for number, text in texts:
            rows.write_row([number, embedder.name, "", str(_mean([known[part] for part in _parts(text)]))])
    connection.execute("SET maintenance_work_mem = '256MB'")
    for _, definition in indexes:  # built at once, an index costs a tenth of what it costs row by row
        connection.execute(str(definition))


def _parts(text: str) -> Iterator[str]:
    """Its sentences and their parts, without the numbers that make each of them another."""
    return (part for part in (_NUMBERS.sub("", part).strip() for part in _CUT.split(text)) if part)


def _mean(vectors: Sequence[Sequence[float]]) -> list[float]:
    total = [math.fsum(values) for values in zip(*vectors, strict=True)]
    length = math.sqrt(math.fsum(value * value for value in total))
    return [value / length for value in total]
