"""The OpenAPI document and its pages, over HTTP."""

import pytest
import yaml
from django.core.management import call_command
from django.test import Client

PAGES = ["/docs", "/api/v1/docs", "/redoc", "/api/v1/redoc", "/reference"]


@pytest.mark.parametrize("path", ["/openapi.json", "/api/v1/openapi.json"])
def test_the_document_describes_the_operations(path):
    answer = Client().get(path)
    assert answer["Content-Type"] == "application/json"
    document = answer.json()
    assert document["openapi"].startswith("3.")
    assert document["paths"]["/api/v1/properties"]["get"]["operationId"] == "search_properties"


def test_the_document_is_not_sent_twice():
    first = Client().get("/openapi.json")
    assert Client(headers={"if-none-match": first["ETag"]}).get("/openapi.json").status_code == 304


def test_the_yaml_is_a_file_with_the_same_content():
    answer = Client().get("/api/v1/openapi.yaml")
    assert answer["Content-Type"] == "application/x-yaml"
    assert answer["Content-Disposition"] == 'attachment; filename="ghar-openapi-spec.yaml"'
    assert yaml.safe_load(answer.content) == Client().get("/openapi.json").json()


def test_the_first_server_is_where_the_document_came_from():
    assert Client().get("/openapi.json").json()["servers"][0]["url"] == "/"


def test_the_document_is_valid_and_made_without_a_warning(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "openapi.yaml"))


@pytest.mark.parametrize("path", [*PAGES, *(f"{page}/" for page in PAGES)])
def test_a_page_answers_in_both_slash_forms(path):
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_inline_script_and_names_no_other_host(path):
    page = Client().get(path).content.decode()
    assert "http://" not in page
    assert "https://" not in page
    assert "<script>" not in page


@pytest.mark.parametrize("path", PAGES)
def test_code_is_evaluated_nowhere_outside_the_staff_pages(path):
    policy = Client().get(path)["Content-Security-Policy"]
    assert "unsafe-eval" not in policy
    script = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in script


def test_the_staff_pages_may_evaluate(db):
    assert "unsafe-eval" in Client().get("/admin/login/")["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "status"), [("/media/nothing.webp", 404), ("/media/../manage.py", 400), ("/media/%2e%2e/manage.py", 400)]
)
def test_no_file_outside_the_media_folder_is_served(path, status):
    assert Client().get(path).status_code == status
