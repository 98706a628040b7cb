"""A live server, people, and their tokens."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from apps.accounts.models import User
from tests.journeys import live
from tests.realtime.reader import Reader
from tests.support import issuer, rows


def variables(**more: str) -> dict[str, str]:
    """What a server needs to believe the tokens of the tests."""
    return {"PUBLIC_BASE_URL": settings.PUBLIC_BASE_URL, "IDENTITY_SIGNING_KEY": issuer.SIGNING_KEY, **more}


@pytest.fixture
def base(db: None, lasting_server: Callable[..., str]) -> str:
    """The address of a server for every test of this folder that does not end it."""
    return lasting_server(**variables(KEEP_ALIVE_S="1"))


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    """Three people who are really in the database, where the servers find them."""
    names = ("person", "stranger", "suspended")
    with rows.kept(django_db_blocker):
        made = {
            name: User.objects.create(subject=str(uuid4()), full_name=name, is_active=name != "suspended")
            for name in names
        }
        yield made


@pytest.fixture
def serve(db: None, people: dict[str, User]) -> Callable[..., AbstractContextManager[Any]]:
    """A server of the test's own: `with serve("daphne", SSE_MOST="3") as (base, process)`."""
    return lambda kind="uvicorn", **more: live.process(kind, **variables(**more))


@pytest.fixture
def person(db: None, people: dict[str, User]) -> User:
    """Somebody with an account."""
    return people["person"]


@pytest.fixture
def stranger(db: None, people: dict[str, User]) -> User:
    """Somebody else with an account."""
    return people["stranger"]


@pytest.fixture
def suspended(db: None, people: dict[str, User]) -> User:
    """Somebody whose account is suspended."""
    return people["suspended"]


@pytest.fixture
def token(person: User) -> str:
    """That person's access token."""
    return issuer.token_for(person)


@pytest.fixture
def reader(base: str, token: str) -> Iterator[Reader]:
    """An open stream of that person."""
    with Reader(base, token=token) as opened:
        yield opened
