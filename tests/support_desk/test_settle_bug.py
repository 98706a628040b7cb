"""Admins settle reports; the reporter may say how it was resolved."""

import pytest

from apps.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def put(report, cast, api):
    number = report(cast.seeker, tags=["old"]).json()["id"]
    return lambda person, **changes: api.as_(person).put(f"/api/v1/bugs/{number}", changes)


def test_an_admin_settles_it(put, cast):
    bug = put(cast.admin, status="in_progress", assigned_to=cast.agent.pk, tags=["map", "ios"]).json()
    assert (bug["status"], bug["assigned_to"], bug["tags"], bug["resolved_at"]) == (
        "in_progress", cast.agent.pk, ["map", "ios"], None,
    )  # fmt: skip
    assert put(cast.admin, assigned_to=None).json()["assigned_to"] is None


def test_it_knows_when_it_was_first_resolved(put, cast):
    first = put(cast.admin, status="resolved").json()["resolved_at"]
    assert first is not None
    assert put(cast.admin, status="open").json()["resolved_at"] == first
    assert put(cast.admin, status="resolved").json()["resolved_at"] == first


def test_a_status_is_never_lost(put, cast):
    assert put(cast.admin, status=None, resolution="Found it").json()["status"] == "open"


def test_the_reporter_writes_the_resolution(put, cast):
    bug = put(cast.seeker, resolution="An update helped", status=None, tags=None).json()
    assert (bug["resolution"], bug["status"], bug["tags"]) == ("An update helped", "open", ["old"])


@pytest.mark.parametrize(
    "changes", [{"status": "closed"}, {"resolution": ""}, {"resolution": " "}, {}, {"resolution": "x", "tags": []}]
)
def test_and_nothing_else(put, cast, changes):
    answer = put(cast.seeker, **changes)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "BUG_REPORT_FOR_ADMINS")


@pytest.mark.parametrize("person", ["agent", "stranger"])
def test_nobody_else_writes(put, cast, person):
    answer = put(getattr(cast, person), resolution="Mine")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "BUG_REPORT_OF_ANOTHER")


@pytest.mark.parametrize("who", ["seeker", "nobody", "suspended"])
def test_only_staff_looks_after_it(put, cast, who):
    if who == "suspended":
        User.objects.filter(pk=cast.agent.pk).update(is_active=False)
    ids = {"seeker": cast.seeker.pk, "nobody": 987654321, "suspended": cast.agent.pk}
    answer = put(cast.admin, assigned_to=ids[who])
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["body", "assigned_to"])
