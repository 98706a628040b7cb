"""Anybody reads public pages, and how often is counted without writing while reading."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.support import tasks
from apps.support.models import Page
from ghar import shared_redis

pytestmark = pytest.mark.django_db
URL = "/api/v1/pages/terms/public"
WRITES = ("INSERT", "UPDATE", "DELETE")


def test_a_public_page_is_read(write_page, api):
    write_page()
    answer = api.get(URL)
    assert answer.status_code == 200
    assert answer.json().keys() == {
        "unique_name", "title", "content", "format", "custom_config", "view_count", "updated_at",
    }  # fmt: skip


@pytest.mark.parametrize("state", [{"is_private": True}, {"is_draft": True}, {"is_active": False}])
def test_any_other_page_is_not(write_page, api, state):
    write_page(**state)
    answer = api.get(URL)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "PAGE_NOT_FOUND")


@pytest.mark.parametrize("name", ["missing", "%00", "a" * 500])
def test_no_such_page(db, api, name):
    assert api.get(f"/api/v1/pages/{name}/public").status_code == 404


def test_readings_are_counted(write_page, api):
    write_page()
    assert [api.get(URL).json()["view_count"] for _ in range(3)] == [1, 2, 3]


def test_reading_writes_nothing(write_page, api):
    write_page()
    with CaptureQueriesContext(connection) as statements:
        api.get(URL)
    assert [query["sql"] for query in statements if query["sql"].upper().startswith(WRITES)] == []
    assert len(statements) == 1


def test_counted_readings_are_stored_once(write_page, api):
    changed = write_page().json()["updated_at"]
    api.get(URL), api.get(URL)
    tasks.store_page_views()
    tasks.store_page_views()
    assert Page.objects.get().view_count == 2
    answer = api.get(URL).json()
    assert (answer["view_count"], answer["updated_at"]) == (3, changed)


@pytest.fixture
def redis_that_goes(settings):
    """A function after which nothing listens where Redis should be."""
    there = settings.REDIS_URL

    def lead_to(url):
        settings.REDIS_URL = url
        shared_redis.redis_client.cache_clear()

    yield lambda: lead_to("redis://127.0.0.1:1/0")
    lead_to(there)


def test_a_page_is_read_while_redis_is_away(write_page, api, redis_that_goes):
    write_page()
    redis_that_goes()
    assert api.get(URL).json()["view_count"] == 0
