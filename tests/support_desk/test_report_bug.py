"""People report what is wrong and see what they reported."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db
URL = "/api/v1/bugs"


def test_a_report_is_open_and_its_reporters(report, cast):
    answer = report(cast.seeker, status="closed", device_info={"os": "14"}, tags=["map"], colour="red")
    made = answer.json()
    assert answer.status_code == 200
    assert (made["status"], made["user_id"], made["device_info"], made["tags"]) == (
        "open", cast.seeker.pk, {"os": "14"}, ["map"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"bug_type": "typo"}, "bug_type"),
        ({"severity": None}, "severity"),
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"description": " "}, "description"),
        ({"device_info": "14"}, "device_info"),
        ({"media_urls": ["javascript:alert(1)"]}, "media_urls"),
    ],
)
def test_a_wrong_report_is_refused_by_name(report, cast, values, field):
    answer = report(cast.seeker, **values)
    assert (answer.status_code, answer.json()["detail"][0]["loc"][:2]) == (422, ["body", field])


def test_a_repeated_report_is_one_report(api, cast):
    client = api.as_(cast.seeker)
    body = {"source": "ghar", "bug_type": "crash", "severity": "low", "title": "It closes", "description": "Always"}
    answers = [client.post(URL, body, headers={"Idempotency-Key": "one-tap"}).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(client.get(URL).json()["items"]) == 1


@pytest.mark.parametrize(
    ("person", "listed"), [("seeker", ["mine"]), ("admin", ["theirs", "mine"]), ("agent", []), ("stranger", [])]
)
def test_who_sees_which(report, cast, api, person, listed):
    report(cast.seeker, title="mine"), report(cast.owner, title="theirs")
    items = api.as_(getattr(cast, person)).get(URL).json()["items"]
    assert [item["title"] for item in items] == listed


def test_the_list_is_narrowed(report, cast, api):
    report(cast.seeker, title="a", severity="low"), report(cast.seeker, title="b", bug_type="other")
    client = api.as_(cast.seeker)

    def listed(**query):
        return [item["title"] for item in client.get(URL, query).json()["items"]]

    assert (listed(severity="low"), listed(bug_type="other"), listed(status="closed")) == (["a"], ["b"], [])
    assert client.get(URL, {"status": "lost"}).status_code == 422


@pytest.mark.parametrize(
    ("person", "status", "code"),
    [("seeker", 200, None), ("admin", 200, None), ("agent", 403, "BUG_REPORT_OF_ANOTHER")],
)
def test_one_report(report, cast, api, person, status, code):
    number = report(cast.seeker).json()["id"]
    answer = api.as_(getattr(cast, person)).get(f"{URL}/{number}")
    assert (answer.status_code, answer.json().get("error", {}).get("code")) == (status, code)


def test_no_such_report(cast, api):
    answer = api.as_(cast.seeker).get(f"{URL}/987654321")
    assert (answer.status_code, answer.json()["detail"]) == (404, "Bug report with ID 987654321 not found")


def test_a_longer_list_takes_no_more_statements(report, cast, api):
    client = api.as_(cast.seeker)
    client.get(URL)
    for number in range(5):
        report(cast.seeker, title=f"Bug {number}")
    with CaptureQueriesContext(connection) as statements:
        assert len(client.get(URL).json()["items"]) == 5
    assert len(statements) == 2  # the caller and the page
