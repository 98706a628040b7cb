"""Admins write pages, change them and take them down."""

import pytest

from apps.support.models import Page

pytestmark = pytest.mark.django_db
URL = "/api/v1/pages"


def test_a_page_is_written_and_found(write_page, admin, cast):
    made = write_page(custom_config={"theme": "dark"})
    assert made.status_code == 200
    assert made.json()["created_by"] == made.json()["updated_by"] == cast.admin.pk
    assert (made.json()["format"], made.json()["is_draft"], made.json()["view_count"]) == ("html", False, 0)
    assert admin.get(f"{URL}/terms").json() == made.json()


def test_a_page_is_private_unless_said_otherwise(admin):
    made = admin.post(URL, {"unique_name": "notes", "title": "Notes", "content": ""})
    assert made.json()["is_private"] is True


def test_a_name_is_given_once(write_page):
    write_page()
    refused = write_page(title="Others")
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "VALIDATION_ERROR")
    assert refused.json()["detail"][0]["loc"] == ["body", "unique_name"]
    assert Page.objects.get().title == "Terms"


def test_the_name_of_a_page_that_was_taken_down_is_free(write_page, admin):
    first = write_page(custom_config={"a": 1}).json()
    admin.delete(f"{URL}/terms")
    again = write_page(title="New terms")
    assert (again.status_code, again.json()["id"], again.json()["title"]) == (200, first["id"], "New terms")
    assert again.json()["is_active"] is True


def test_only_given_fields_change(write_page, admin):
    write_page(custom_config={"a": 1})
    changed = admin.put(f"{URL}/terms", {"title": "Rules", "content": None, "is_draft": None}).json()
    assert (changed["title"], changed["content"], changed["is_draft"]) == ("Rules", "<p>Be kind.</p>", False)
    assert changed["custom_config"] == {"a": 1}
    assert admin.put(f"{URL}/terms", {"custom_config": None}).json()["custom_config"] is None


def test_a_page_taken_down_is_not_found_and_stays_in_the_list(write_page, admin):
    write_page()
    assert admin.delete(f"{URL}/terms").json() == {"message": "Page deleted successfully", "success": True}
    for answer in (admin.get(f"{URL}/terms"), admin.put(f"{URL}/terms", {}), admin.delete(f"{URL}/terms")):
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "PAGE_NOT_FOUND")
    assert [page["is_active"] for page in admin.get(URL, {"is_active": "false"}).json()["items"]] == [False]


@pytest.mark.parametrize("name", ["missing", "a%00b"])
def test_a_page_that_is_not_there_is_not_found(admin, name):
    for answer in (admin.put(f"{URL}/{name}", {"title": "Rules"}), admin.delete(f"{URL}/{name}")):
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "PAGE_NOT_FOUND")


def test_switching_a_page_off_answers_the_page(write_page, admin):
    write_page()
    answer = admin.put(f"{URL}/terms", {"is_active": False})
    assert (answer.status_code, answer.json()["is_active"]) == (200, False)


def test_html_loses_what_runs(write_page):
    text = '<p class="big" onclick="x()">Hi <a href="javascript:x()">there</a></p><script>alert(1)</script>'
    stored = write_page(content=text).json()["content"]
    assert stored == '<p class="big">Hi <a rel="noopener noreferrer">there</a></p>'


@pytest.mark.parametrize("content", ['{"a": ', "NaN", "-Infinity", '{"a": [1, NaN]}', "[" * 3000 + "]" * 3000, ""])
def test_what_is_not_json_is_no_json_page(write_page, content):
    refused = write_page(format="json", content=content)
    assert (refused.status_code, refused.json()["detail"][0]["loc"]) == (422, ["body", "content"])
    assert not Page.objects.exists()


def test_a_json_page_holds_json(write_page, admin):
    assert write_page(format="json", content='{"a": "<b>"}').json()["content"] == '{"a": "<b>"}'
    assert admin.put(f"{URL}/terms", {"content": "no"}).status_code == 422


def test_markdown_stays_as_it_is(write_page):
    assert write_page(format="markdown", content="> a & b\n").json()["content"] == "> a & b\n"


@pytest.mark.parametrize("name", ["a/b", "", "x" * 101])
def test_a_wrong_name_is_refused(write_page, name):
    refused = write_page(unique_name=name)
    assert (refused.status_code, refused.json()["detail"][0]["loc"]) == (422, ["body", "unique_name"])
