"""Rows that are really in the database, for tests whose other processes have to see them."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

FROM_MIGRATIONS = ("amenities", "auth_permission", "django_content_type")


@contextmanager
def kept(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written inside is committed, and taken away at the end; what migrations wrote stays."""
    with blocker.unblock():
        yield
        take_away()


def take_away() -> None:
    """Every row that tests wrote.

    Most tables are empty, and emptying one costs as much as the rest of a test; so only those with rows are looked
    after. That a row goes may be noted in another table, which has its turn then.
    """
    assert connection.settings_dict["NAME"].startswith("test_"), "only a database of tests may be emptied"
    with transaction.atomic(), connection.cursor() as cursor:
        for table, ids in from_migrations().items():
            cursor.execute(f"DELETE FROM {table} WHERE id <> ALL(%s)", [ids])
        while tables := left_behind():
            for table in tables:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


@cache
def from_migrations() -> dict[str, list[int]]:
    """The rows that stay: those that were there before the first test."""
    return {table: _ids(table) for table in FROM_MIGRATIONS}


def left_behind() -> list[str]:
    """The tables that should be empty between two modules, and are not."""
    parts = [f"SELECT '{table}' WHERE EXISTS (SELECT FROM {connection.ops.quote_name(table)})" for table in _tables()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return [table for (table,) in cursor.fetchall()]


@cache
def _tables() -> list[str]:
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return sorted({model._meta.db_table for model in models}.difference(FROM_MIGRATIONS))


def _ids(table: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table}")
        return [number for (number,) in cursor.fetchall()]
