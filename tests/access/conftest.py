"""Everybody who knocks, made once for a module."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.support import rows
from tests.support.cast import Cast


@pytest.fixture(scope="module")
def everybody(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """They are there for all tests, which take back what they write."""
    with rows.kept(django_db_blocker):
        people = Cast()
        people.everyone()
        yield people


@pytest.fixture
def cast(everybody: Cast, db: None) -> Cast:
    """The same people each time."""
    return everybody
