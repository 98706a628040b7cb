"""Admins enter the releases of the client apps, and clients ask whether they are up to date."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db
URL = "/api/v1/versions"
NOTHING = {
    "update_available": False, "is_mandatory": False, "latest_version": None, "download_url": None,
    "release_notes": None, "min_supported_version": None,
}  # fmt: skip


@pytest.fixture
def check(api):
    def ask(current, **values):
        body = {"app": "ghar", "platform": "android", "current_version": current, **values}
        return api.post(f"{URL}/check", body)

    return ask


def test_a_client_is_told_of_the_newest_release(release, check):
    release("2.1.0", release_notes="Faster.", download_url="https://play.example/ghar", min_supported_version="1.0")
    release("2.0.9")
    assert check("2.0.0").json() == {
        "update_available": True, "is_mandatory": False, "latest_version": "2.1.0", "release_notes": "Faster.",
        "download_url": "https://play.example/ghar", "min_supported_version": "1.0",
    }  # fmt: skip


def test_a_client_that_is_ahead_has_nothing_to_do(release, check):
    release("9.0.0", is_mandatory=True, min_supported_version="9.0.0")
    answer = check("10.0.0").json()
    assert (answer["update_available"], answer["is_mandatory"], answer["latest_version"]) == (False, False, "9.0.0")


@pytest.mark.parametrize("other", [{"app": "estate"}, {"platform": "ios"}])
def test_nothing_is_told_of_other_apps_and_platforms(release, check, other):
    release("2.0.0")
    assert check("1.0.0", **other).json() == NOTHING


def test_nothing_is_told_of_releases_that_were_withdrawn(release, check, admin):
    one = release("2.0.0").json()["id"]
    admin.put(f"{URL}/{one}", {"is_active": False})
    assert check("1.0.0").json() == NOTHING


def test_a_version_that_cannot_be_read_is_refused(release, check):
    release("2.0.0")
    answer = check("newest")
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["body", "current_version"])


def test_a_release_is_entered_once(release):
    assert release("2.0.0").status_code == 200
    refused = release("2.0.0")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "APP_VERSION_EXISTS")
    assert release("2.0.0", build_number=7).status_code == 200


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"version": "soon"}, "version"),
        ({"version": "2.0.0", "min_supported_version": "2.0.1"}, "min_supported_version"),
        ({"version": "2.0.0", "min_supported_version": "all"}, "min_supported_version"),
        ({"version": "2.0.0", "download_url": "javascript:alert(1)"}, "download_url"),
        ({"version": "2.0.0", "build_number": -1}, "build_number"),
    ],
)
def test_a_wrong_release_is_refused_by_name(release, values, field):
    answer = release(**values)
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["body", field])


def test_given_fields_change(release, admin):
    one = release("2.0.0", release_notes="New.").json()
    changed = admin.put(f"{URL}/{one['id']}", {"is_mandatory": True, "is_active": None, "download_url": ""}).json()
    assert (changed["is_mandatory"], changed["is_active"], changed["release_notes"]) == (True, True, "New.")
    assert changed["download_url"] is None
    assert admin.put(f"{URL}/{one['id']}", {"min_supported_version": "3"}).status_code == 422


def test_no_such_release(admin):
    answer = admin.put(f"{URL}/987654321", {})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "APP_VERSION_NOT_FOUND")


def test_the_list_is_narrowed(release, admin):
    release("1.0.0"), release("2.0.0", is_active=False), release("1.0.0", platform="ios")

    def listed(**query):
        items = admin.get(URL, query).json()["items"]
        return [(item["version"], item["platform"]) for item in items]

    assert listed() == [("1.0.0", "ios"), ("2.0.0", "android"), ("1.0.0", "android")]
    assert listed(platform="android", is_active="true") == [("1.0.0", "android")]
    assert listed(app="estate") == []


def test_a_check_is_one_statement(release, check):
    for number in range(5):
        release(f"1.{number}.0")
    with CaptureQueriesContext(connection) as statements:
        assert check("1.0.0").json()["latest_version"] == "1.4.0"
    assert len(statements) == 1
