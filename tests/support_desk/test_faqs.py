"""Admins write FAQs; the public reads them in their order."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db
URL = "/api/v1/faqs"


@pytest.fixture
def ask(admin):
    return lambda question, **values: admin.post(URL, {"question": question, "answer": "So.", **values}).json()


def questions(answer):
    assert answer.status_code == 200, answer.json()
    return [faq["question"] for faq in answer.json()["items"]]


def test_a_faq_is_written_changed_and_taken_down(ask, admin):
    faq = ask("Why?", tags=["first"], display_order=None)
    one = f"{URL}/{faq['id']}"
    assert (faq["display_order"], faq["is_active"], faq["category"]) == (0, True, None)
    assert admin.get(one).json() == faq
    changed = admin.put(one, {"answer": "Thus.", "tags": None, "question": None}).json()
    assert (changed["question"], changed["answer"], changed["tags"]) == ("Why?", "Thus.", None)
    assert admin.delete(one).json()["success"] is True
    assert admin.get(one).json()["is_active"] is False


def test_small_numbers_first_then_the_newest(ask, api):
    ask("late", display_order=5), ask("old"), ask("new"), ask("first", display_order=-1)
    assert questions(api.get(f"{URL}/public")) == ["first", "new", "old", "late"]


def test_pages_go_on_where_they_ended(ask, api):
    ask("late", display_order=5), ask("old"), ask("new"), ask("first", display_order=-1)
    seen, cursor = [], ""
    while cursor is not None:
        page = api.get(f"{URL}/public", {"limit": 1, "cursor": cursor})
        seen, cursor = seen + questions(page), page.json()["next_cursor"]
    assert seen == ["first", "new", "old", "late"]


def test_the_public_reads_what_is_active(ask, api, admin):
    ask("off", is_active=False, category="rent"), ask("rent?", category="rent"), ask("visits?", category="visits")
    assert questions(api.get(f"{URL}/public", {"category": "rent"})) == ["rent?"]
    assert questions(admin.get(URL, {"category": "rent"})) == ["rent?", "off"]
    assert questions(admin.get(URL, {"is_active": "false"})) == ["off"]


def test_total_is_told_when_asked(ask, api):
    ask("a"), ask("b")
    assert api.get(f"{URL}/public", {"include_total": "true", "limit": 1}).json()["total"] == 2


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_no_such_faq(admin, method):
    answer = getattr(admin, method)(f"{URL}/987654321")
    assert (answer.status_code, answer.json()["error"]["message"]) == (404, "FAQ with ID 987654321 not found")


def test_one_statement_however_many(ask, api):
    for number in range(5):
        ask(f"Question {number}?")
    with CaptureQueriesContext(connection) as statements:
        assert len(questions(api.get(f"{URL}/public"))) == 5
    assert len(statements) == 1
