"""The data set in any size, over several connections at once: two hundred thousand listings in three or four minutes.

A vector of words costs PostgreSQL a millisecond, so each is made once (the titles of the amenities stand in the row
from the beginning) and on every core. Triggers and foreign keys rest meanwhile, which takes a superuser, and indexes
are built when all rows are there.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import django
import psycopg

from bench import database, dataset, prose, servers
from bench.dataset import Row

Say = Callable[[str], None]
Task = Callable[[], object]
BATCH = 1_000
INDEXED = ("properties", "property_images", "property_amenities")
_BAR = 20


def ensure(name: str, listings: int, say: Say) -> float | None:
    """Have the database; the minutes that filling it took, None when it was there. Raises NotOurs."""
    files = [Path(dataset.__file__), Path(prose.__file__), Path(__file__)]
    began = time.monotonic()
    made = database.have(name, f"{listings} {database.fingerprint(files)}", lambda: _fill(name, listings, say))
    return (time.monotonic() - began) / 60 if made else None


def _fill(name: str, listings: int, say: Say) -> None:
    with closing(database.connect(name)) as connection:
        titles = dict(connection.execute("SELECT id, title FROM amenities ORDER BY id").fetchall())
        tables = dict(dataset.tables(listings, list(titles)))
        dataset.copy(connection, "users", tables["users"])
        indexes = _take_indexes(connection)
        _share(_copying(name, tables, titles), -(-listings // BATCH), f"{name}: listings", say)
        _share((_building(name, index) for index in indexes), len(indexes), f"{name}: indexes", say)
        for table in ("users", *INDEXED):
            dataset.continue_ids(connection, table)
        connection.execute("VACUUM (ANALYZE)")
    _count_words(name)


def _take_indexes(connection: psycopg.Connection[Any]) -> list[str]:
    """Drop the indexes that no constraint needs; how to build them, those that take longest first."""
    rows = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND NOT EXISTS "
        "(SELECT FROM pg_constraint WHERE conname = indexname) ORDER BY indexdef LIKE '%%USING btree%%', indexname",
        [list(INDEXED)],
    ).fetchall()
    for index, _ in rows:
        connection.execute(f'DROP INDEX "{index}"')
    return [definition for _, definition in rows]


def _share(tasks: Iterable[Task], total: int, what: str, say: Say) -> None:
    """Do everything, as much at a time as there are cores. A task that failed is raised."""
    at_once = os.cpu_count() or 2
    with ThreadPoolExecutor(at_once) as crew:
        busy, done = set[Future[object]](), 0
        for task in tasks:
            busy.add(crew.submit(task))
            if len(busy) > at_once:
                done = _collected(busy, done, total, what, say)
        while busy:
            done = _collected(busy, done, total, what, say)


def _collected(busy: "set[Future[object]]", done: int, total: int, what: str, say: Say) -> int:
    """Wait for some of the tasks and take them out; how many are done now, which is said when the bar grows."""
    ready, _ = wait(busy, return_when=FIRST_COMPLETED)
    for one in ready:
        one.result()
    busy -= ready
    before, full = (_BAR * number // total for number in (done, done + len(ready)))
    if full > before:
        say(f"{what} [{'#' * full}{'.' * (_BAR - full)}]")
    return done + len(ready)


def _copying(name: str, tables: dict[str, Iterable[Row]], titles: dict[int, str]) -> Iterator[Task]:
    """The copying of one batch of listings after another, each with its pictures and amenities."""
    pictures = iter(tables["property_images"])
    links = groupby(tables["property_amenities"], key=lambda link: link["property_id"])
    listings = iter(tables["properties"])
    while rows := list(islice(listings, BATCH)):
        equipped = [list(group) for _, group in islice(links, len(rows))]
        said = [", ".join(sorted(titles[link["amenity_id"]] for link in some)) for some in equipped]
        batch = {
            "properties": [row | {"amenity_words": words} for row, words in zip(rows, said, strict=True)],
            "property_images": list(islice(pictures, dataset.IMAGES * len(rows))),
            "property_amenities": [link for some in equipped for link in some],
        }
        yield partial(_copy, name, batch)


def _copy(name: str, batch: dict[str, list[Row]]) -> None:
    with closing(database.connect(name)) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        for table, rows in batch.items():
            dataset.copy(connection, table, rows)


def _building(name: str, definition: str) -> Task:
    """The building of an index at once, which costs a tenth of what it costs row by row."""

    def build() -> None:
        with closing(database.connect(name)) as connection:
            connection.execute("SET maintenance_work_mem = '256MB'")
            connection.execute(definition.encode())

    return build


def _count_words(name: str) -> None:
    """What misspelt words are compared with, as a job of the platform counts it every hour."""
    command = [sys.executable, "-c", "from bench.growth import loading; loading.count_words()"]
    subprocess.run(command, cwd=database.ROOT, env=servers.environment(name) | {"DB_ROLE": "background"}, check=True)


def count_words() -> None:
    """Count the words of the database that DATABASE_URL names, in a process of the platform."""
    django.setup()
    from apps.properties.services import vocabulary  # noqa: PLC0415 - Django is set up first

    vocabulary.system_count_words()
