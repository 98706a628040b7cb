"""Fixtures that every test may use: the database from a template, a clean Redis, the cast, and API clients."""

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker
from redis import Redis

from config.celery import app as queue
from ghar import shared_redis
from tests.journeys import live
from tests.support import issuer, rows, template
from tests.support.cast import Cast
from tests.support.client import Client
from tests.support.spread import Spread

HERE = Path(__file__).resolve().parent

LONGEST_FIRST = ("contract", "documents", "journeys", "bench", "realtime")
"""Folders whose files take long. Begun last, one of them would keep a worker busy when the others are done."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of the other folders follow in their usual order."""
    places = {folder: place for place, folder in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: places.get(item.path.relative_to(HERE).parts[0], len(places)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Spread | None:
    """Where workers are asked to have whole files, some folders stay together as well."""
    return Spread(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: looking for garbage in it took a tenth of the time."""
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Migrate once into a template that every worker's database is copied from."""
    template.use()


def _is_of_tests() -> bool:
    """Is the database one of the tests' own? None is made when no test asks for it; then the configured one stays as
    it is."""
    return str(connection.settings_dict["NAME"]).startswith("test_")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """pytest-django's own, which drops the database at the end, however long a busy machine takes for that.

    After a test that commits, only what it wrote is taken away: Django would empty every table and make its
    permissions anew, which takes longer than most of these tests.
    """
    if not _is_of_tests():
        yield
        return
    with django_db_blocker.unblock():
        rows.from_migrations()
        template.spare_the_disk()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: rows.take_away())
        yield
    template.take_time()


@pytest.fixture(scope="session", autouse=True)
def signing_key() -> None:
    """Every token of this process is signed with one key."""
    settings.IDENTITY_SIGNING_KEY = issuer.SIGNING_KEY


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """The same argon2 at a fraction of its cost; servers and workers of the tests hash as in service."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
            patch.setattr(Argon2PasswordHasher, name, value)
        yield


@pytest.fixture(scope="session", autouse=True)
def own_redis(worker_id: str) -> None:
    """Each worker has a Redis database of its own, so that none empties another's; a busy machine gets more time."""
    shared_redis.TIMEOUT_S = 5.0
    server, _, number = settings.REDIS_URL.rpartition("/")
    worker = int(worker_id.removeprefix("gw") or 0) if worker_id != "master" else 0
    settings.REDIS_URL = f"{server}/{(int(number) + 8 * worker + worker // 2) % 16}"
    queue.conf.broker_url = queue.conf.result_backend = settings.REDIS_URL


@pytest.fixture(scope="session")
def lasting_server(django_db_setup: None, own_redis: None, signing_key: None) -> Iterator[Callable[..., str]]:
    """The address of a live server of that kind with those variables, for all tests that leave it as it is.

    It is started when it is first asked for, because starting one takes longer than most tests of it.
    """
    with ExitStack() as stack:
        started = cache(lambda kind, **variables: stack.enter_context(live.server(kind, **variables)))
        yield lambda kind="uvicorn", **variables: started(kind, **variables)


@pytest.fixture(scope="module", autouse=True)
def nothing_left(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """No module leaves rows behind, because they fail tests of others, and only in some orders."""
    yield
    if _is_of_tests():
        with django_db_blocker.unblock():
            assert rows.left_behind() == []


@pytest.fixture(scope="module")
def everybody(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The whole cast, there for all tests of a module, which take back what they write."""
    with rows.kept(django_db_blocker):
        people = Cast()
        people.everyone()
        yield people


@pytest.fixture(autouse=True)
def clean_redis(own_redis: None) -> Redis:
    """Each test begins with an empty Redis, also after one that did without."""
    shared_redis.wake_redis()
    client = shared_redis.redis_client()
    client.flushdb()
    return client


@pytest.fixture
def api() -> Client:
    """A client that speaks JSON; `api.as_(user)` carries that user's bearer token."""
    return Client()


@pytest.fixture
def cast(db: None) -> Cast:
    """The fixed cast: an owner, a tenant, a seeker, two agents, an admin and a stranger, made when first named."""
    return Cast()
