"""People's own files: listed, changed, removed."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.media.models import MediaFile
from apps.media.serializers import MediaFileOut
from ghar import clock
from tests.media import files

pytestmark = pytest.mark.django_db
UPLOAD = "/api/v1/upload"
MEDIA = f"{UPLOAD}/media"


def upload(client, data=files.MP4, name="a.mp4", kind="video/mp4", **fields):
    sent = {"file": files.sent(data, name, kind), **fields}
    return client.post(UPLOAD, sent, format="multipart").json()["media"]


@pytest.fixture
def me(api, cast):
    return api.as_(cast.owner)


def ids(answer):
    assert answer.status_code == 200, answer.content
    return [media["id"] for media in answer.json()["items"]]


def test_my_own_newest_first(api, cast, me):
    made = [upload(me)["id"] for _ in range(3)]
    upload(api.as_(cast.stranger))
    assert ids(me.get(MEDIA)) == made[::-1]
    assert me.get(MEDIA).json()["items"][0].keys() == MediaFileOut().fields.keys()
    assert me.get(MEDIA).json()["items"][0] == me.get(f"{MEDIA}/{made[2]}").json()


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("mime_type", "video/mp4", "video/webm"),
        ("visibility", "private", "nonsense"),
        ("upload_status", "complete", "pending"),
        ("is_processed", "true", "false"),
        ("folder", "mine", "ghar/uploads/0"),
        ("tour_id", "", "a-tour"),
    ],
)
def test_filters_are_exact(cast, me, name, value, wrong):
    media = upload(me)
    value = media["folder"] if value == "mine" else value
    assert ids(me.get(MEDIA, {name: value})) == [media["id"]]
    assert ids(me.get(MEDIA, {name: wrong})) == []


def test_pages(me):
    made = [upload(me)["id"] for _ in range(3)]
    first = me.get(MEDIA, {"limit": 2, "include_total": "true"}).json()
    rest = me.get(MEDIA, {"cursor": first["next_cursor"]})
    assert (first["total"], ids(rest)) == (3, made[:1])
    assert me.get(MEDIA, {"cursor": first["next_cursor"][:-6]}).status_code == 400


def test_a_longer_list_takes_no_more_statements(me):
    for _ in range(3):
        upload(me)
    me.get(MEDIA)
    with CaptureQueriesContext(connection) as few:
        me.get(MEDIA, {"limit": 1})
    with CaptureQueriesContext(connection) as many:
        me.get(MEDIA)
    assert len(many) == len(few) == 2  # the caller and the page


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
@pytest.mark.parametrize("whose", ["theirs", "nobodys", "nonsense"])
def test_what_is_not_mine_is_not_there(api, cast, me, method, whose):
    theirs = upload(api.as_(cast.stranger))["id"]
    name = {"theirs": theirs, "nobodys": "00000000-0000-4000-8000-000000000000", "nonsense": "x"}[whose]
    answer = getattr(me, method)(f"{MEDIA}/{name}", **({"data": {}} if method == "patch" else {}))
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "MEDIA_NOT_FOUND")
    assert MediaFile.objects.filter(pk=theirs, upload_status="complete").exists()


def test_changes_are_written_and_the_rest_stays(me):
    media = upload(me)
    changes = {
        "thumbnail_url": "https://pictures.example/small.webp",
        "cdn_url": None,
        "processing_metadata": {"rooms": ["hall"]},
        "visibility": None,
        "is_processed": None,
    }
    changed = me.patch(f"{MEDIA}/{media['id']}", changes).json()
    expected = {"thumbnail_url": changes["thumbnail_url"], "processing_metadata": changes["processing_metadata"]}
    assert {name: changed[name] for name in expected} == expected
    assert (changed["visibility"], changed["is_processed"]) == (media["visibility"], media["is_processed"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"visibility": "friends"}, "visibility"),
        ({"thumbnail_url": "javascript:alert(1)"}, "thumbnail_url"),
        ({"cdn_url": "x" * 600}, "cdn_url"),
        ({"processing_metadata": "text"}, "processing_metadata"),
        ({"expires_at": "2001-01-01T00:00:00Z"}, "expires_at"),
        ({"expires_at": "soon"}, "expires_at"),
    ],
)
def test_a_wrong_field_is_named(me, changes, field):
    answer = me.patch(f"{MEDIA}/{upload(me)['id']}", changes)
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["body", field])


def test_what_is_pending_does_not_move(me):
    wanted = {"files": [{"filename": "a.jpg"}]}
    item = me.post(f"{UPLOAD}/presigned", wanted).json()["items"][0]
    answer = me.patch(f"{MEDIA}/{item['upload_id']}", {"visibility": "public"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "UPLOAD_NOT_COMPLETE")


def test_past_its_end_it_is_not_shown(me):
    media = upload(me)
    until = (clock.now() + timedelta(hours=1)).isoformat()
    assert me.patch(f"{MEDIA}/{media['id']}", {"expires_at": until}).status_code == 200
    MediaFile.objects.update(expires_at=clock.now())
    assert ids(me.get(MEDIA)) == []


def test_removed_for_good(me, kept):
    media = upload(me)
    answer = me.delete(f"{MEDIA}/{media['id']}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert (kept(), MediaFile.objects.count()) == (set(), 0)


def test_a_batch_is_named_by_id_or_address(api, cast, me, kept):
    by_id, by_link = upload(me), upload(me)
    by_url = upload(me, visibility="public")
    theirs = upload(api.as_(cast.stranger), visibility="public")
    other = "https://elsewhere.example/a.webp"
    named = [by_id["id"], by_link["file_url"], by_url["file_url"], theirs["id"], theirs["file_url"], other, "x"]
    answer = me.post(f"{MEDIA}/batch-delete", {"media_ids": named})
    assert answer.json() == {"deleted": named[:3], "failed": named[3:], "storage_warnings": []}
    assert kept() == {f"public/{theirs['storage_path']}"}


@pytest.mark.parametrize("named", [[], ["x"] * 51, "x", [None]])
def test_a_batch_has_bounds(me, named):
    answer = me.post(f"{MEDIA}/batch-delete", {"media_ids": named})
    assert (answer.status_code, answer.json()["detail"][0]["loc"][1]) == (422, "media_ids")


def test_a_storage_that_fails_is_told_and_nobody_sees_the_file(me, folders):
    media = upload(me)
    place = Path(folders, "private", media["storage_path"])
    place.unlink()
    place.mkdir()  # cannot be removed as a file
    answer = me.post(f"{MEDIA}/batch-delete", {"media_ids": [media["id"]]}).json()
    assert (answer["deleted"], len(answer["storage_warnings"])) == ([media["id"]], 1)
    assert me.get(f"{MEDIA}/{media['id']}").status_code == 404
    assert MediaFile.objects.get().upload_status == "deleting"
