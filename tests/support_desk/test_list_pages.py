"""The admins' list of pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db
URL = "/api/v1/pages"


def names(answer):
    return [page["unique_name"] for page in answer.json()["items"]]


def test_the_last_changed_comes_first(write_page, admin):
    for name in ("one", "two", "three"):
        write_page(unique_name=name)
    admin.put(f"{URL}/one", {"title": "First"})
    assert names(admin.get(URL)) == ["one", "three", "two"]


def test_it_is_narrowed(write_page, admin):
    write_page(unique_name="live")
    write_page(unique_name="draft", is_draft=True)
    assert names(admin.get(URL, {"is_draft": "true"})) == ["draft"]
    assert names(admin.get(URL, {"is_draft": "false", "is_active": ""})) == ["live"]


def test_pages_of_pages(write_page, admin):
    for name in ("one", "two", "three"):
        write_page(unique_name=name)
    seen, cursor = [], ""
    for _ in range(3):
        page = admin.get(URL, {"limit": 1, "cursor": cursor, "include_total": "true"})
        seen, cursor = seen + names(page), page.json()["next_cursor"]
        assert page.json()["total"] == 3
    assert (seen, cursor) == (["three", "two", "one"], None)


def test_a_longer_list_takes_no_more_statements(write_page, admin):
    for number in range(5):
        write_page(unique_name=f"page-{number}")
    with CaptureQueriesContext(connection) as statements:
        assert len(names(admin.get(URL))) == 5
    assert len(statements) == 2  # the caller and the page
