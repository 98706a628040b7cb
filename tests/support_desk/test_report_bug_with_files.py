"""A report with pictures or films that show what is wrong."""

from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from apps.media.models import MediaFile
from apps.support.models import BugReport
from tests.media.files import picture

pytestmark = pytest.mark.django_db
URL = "/api/v1/bugs"
USUAL = {"source": "ghar", "bug_type": "crash", "severity": "high", "title": "It closes", "description": "Always"}


def screenshot(name="screen.png"):
    return SimpleUploadedFile(name, picture("PNG"), "image/png")


@pytest.fixture
def send(api, cast):
    def post(*files, **values):
        body = {**USUAL, **values, "files": list(files)}
        return api.as_(cast.seeker).post(f"{URL}/with-media", body, format="multipart")

    return post


def test_a_report_with_files(send, api, cast):
    answer = send(screenshot(), screenshot("other.png"), device_info='{"os": "14"}', tags='["map"]')
    bug = answer.json()
    assert answer.status_code == 200
    assert (bug["status"], bug["device_info"], bug["tags"], len(bug["media_urls"])) == (
        "open",
        {"os": "14"},
        ["map"],
        2,
    )
    assert "attachments" not in bug
    assert api.as_(cast.seeker).get(f"{URL}/{bug['id']}").json()["media_urls"] == bug["media_urls"]


def test_whoever_sees_the_report_reads_its_files(send, api, cast):
    number = send(screenshot()).json()["id"]
    (address,) = api.as_(cast.admin).get(f"{URL}/{number}").json()["media_urls"]
    parts = urlsplit(address)
    given = api.get(f"{parts.path}?{parts.query}")
    assert Image.open(BytesIO(b"".join(given))).size == (60, 40)
    assert api.get(parts.path).status_code == 403
    assert MediaFile.objects.get().visibility == "private"


def test_files_stand_in_the_list_without_more_statements(send, api, cast):
    send(screenshot())
    client = api.as_(cast.admin)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    send(screenshot(), screenshot()), send(screenshot())
    with CaptureQueriesContext(connection) as many:
        items = client.get(URL).json()["items"]
    assert [len(item["media_urls"]) for item in items] == [1, 2, 1]
    assert len(many) == len(few) == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"device_info": "{"}, "device_info"),
        ({"device_info": "[1]"}, "device_info"),
        ({"device_info": '{"a": "\\u0000"}'}, "device_info"),
        ({"tags": '{"a": 1}'}, "tags"),
        ({"tags": "map"}, "tags"),
        ({"bug_type": "typo"}, "bug_type"),
        ({"title": ""}, "title"),
    ],
)
def test_a_wrong_form_is_refused_by_name(send, values, field):
    answer = send(screenshot(), **values)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][:2] == ["body", field]
    assert not MediaFile.objects.exists()


@pytest.mark.parametrize("nothing", ["", " ", "null"])
def test_blank_json_is_none(send, nothing):
    bug = send(screenshot(), device_info=nothing, tags=nothing).json()
    assert (bug["device_info"], bug["tags"]) == (None, None)


@pytest.mark.parametrize("count", [0, 11])
def test_how_many_files(send, count):
    answer = send(*(screenshot() for _ in range(count)))
    assert (answer.status_code, answer.json()["detail"][0]["loc"][:2]) == (422, ["body", "files"])


def test_one_wrong_file_and_there_is_no_report(send, folders):
    answer = send(screenshot(), SimpleUploadedFile("a.png", b"MZ no picture", "image/png"))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "INVALID_FILE_TYPE")
    assert answer.json()["error"]["details"]["fields"] == ["files.1"]
    assert not BugReport.objects.exists()
    assert not MediaFile.objects.exists()
    assert [file for file in folders.rglob("*") if file.is_file()] == []


def test_json_is_no_form(api, cast):
    answer = api.as_(cast.seeker).post(f"{URL}/with-media", USUAL)
    assert answer.status_code == 415


def test_a_file_that_its_reporter_removes_is_gone_from_the_report(send, api, cast):
    number = send(screenshot()).json()["id"]
    client = api.as_(cast.seeker)
    assert client.delete(f"/api/v1/upload/media/{MediaFile.objects.get().pk}").status_code == 204
    assert client.get(f"{URL}/{number}").json()["media_urls"] is None


def test_addresses_that_a_client_gave_stand_beside_them(report, cast):
    given = ["https://pictures.example/1.png"]
    assert report(cast.seeker, media_urls=given).json()["media_urls"] == given
    assert report(cast.seeker, media_urls=[]).json()["media_urls"] == []
