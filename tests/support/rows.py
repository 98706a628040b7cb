"""Rows that are really in the database, for tests whose other processes have to see them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

FROM_MIGRATIONS = {"django_content_type", "auth_permission", "amenities"}


@contextmanager
def kept(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written inside is committed, and every table is emptied again at the end."""
    with blocker.unblock():
        assert connection.settings_dict["NAME"].startswith("test_"), "only a database of tests may be emptied"
        yield
        call_command("flush", interactive=False, verbosity=0)


def left_behind() -> list[str]:
    """The tables that should be empty between two modules, and are not."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    tables: list[str] = sorted({model._meta.db_table for model in models} - FROM_MIGRATIONS)
    parts = [f"SELECT '{table}' WHERE EXISTS (SELECT FROM {connection.ops.quote_name(table)})" for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        rows: list[Any] = cursor.fetchall()
    return [table for (table,) in rows]
