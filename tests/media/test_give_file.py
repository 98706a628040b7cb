"""Private files leave by signed links that end; public ones stand where anybody reads them."""

from datetime import timedelta

import pytest
import time_machine

from apps.media.models import MediaFile
from ghar import clock
from tests.media import files

pytestmark = pytest.mark.django_db
UPLOAD = "/api/v1/upload"
BASE = "http://127.0.0.1:3600"


@pytest.fixture
def media(api, cast):
    sent = files.sent(files.MP4, "a.mp4", "video/mp4")
    return api.as_(cast.owner).post(UPLOAD, {"file": sent}, format="multipart").json()["media"]


def path_of(url):
    assert url.startswith(BASE)
    return url.removeprefix(BASE)


def test_whoever_has_the_link_reads(api, media):
    answer = api.get(path_of(media["file_url"]))
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, files.MP4)
    assert answer.headers["Content-Type"] == "video/mp4"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "change",
    [("signature=", "signature=0"), ("expires=1", "expires=2"), (".mp4", ".webp"), ("signature", "sig"), ("?", "?x&")],
)
def test_a_link_that_was_changed_opens_nothing(api, media, change):
    answer = api.get(path_of(media["file_url"]).replace(*change))
    assert answer.status_code == (200 if change[0] == "?" else 403)


def test_a_link_ends(api, media):
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        answer = api.get(path_of(media["file_url"]))
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "LINK_REFUSED")


def test_it_does_not_stand_among_the_public_files(api, media):
    assert api.get(f"/media/{media['storage_path']}").status_code == 404


def test_a_file_that_is_gone(api, cast, media):
    api.as_(cast.owner).delete(f"{UPLOAD}/media/{media['id']}")
    assert api.get(path_of(media["file_url"])).status_code == 404


def test_a_file_past_its_end(api, media):
    MediaFile.objects.update(expires_at=clock.now())
    assert api.get(path_of(media["file_url"])).status_code == 404


def test_made_public_it_moves(api, cast, media, kept):
    client = api.as_(cast.owner)
    changed = client.patch(f"{UPLOAD}/media/{media['id']}", {"visibility": "public"}).json()
    assert changed["file_url"] == f"{BASE}/media/{media['storage_path']}"
    assert kept() == {f"public/{media['storage_path']}"}
    sent_on = api.get(path_of(media["file_url"]))
    assert (sent_on.status_code, sent_on.headers["Location"]) == (302, changed["file_url"])
    client.patch(f"{UPLOAD}/media/{media['id']}", {"visibility": "private"})
    assert kept() == {f"private/{media['storage_path']}"}


def test_a_document_is_saved_and_never_shown(api, cast):
    client = api.as_(cast.owner)
    wanted = {"files": [{"filename": "lease.pdf", "folder_type": "document_lease"}]}
    item = client.post(f"{UPLOAD}/presigned", wanted).json()["items"][0]
    sent = files.sent(files.PDF, "lease.pdf", "application/pdf")
    api.post(path_of(item["signed_url"]), {"file": sent}, format="multipart")
    url = client.post(f"{UPLOAD}/confirm/{item['upload_id']}").json()["media"]["file_url"]
    answer = api.get(path_of(url))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == files.PDF


@pytest.mark.parametrize(
    ("asked", "begin", "end"),
    [("bytes=0-9", 0, 9), ("bytes=100-", 100, 123), ("bytes=-4", 120, 123), ("bytes=4-999", 4, 123)],
)
def test_a_player_is_given_the_part_it_asks_for(api, media, asked, begin, end):
    answer = api.get(path_of(media["file_url"]), HTTP_RANGE=asked)
    assert answer.status_code == 206
    assert b"".join(answer.streaming_content) == files.MP4[begin : end + 1]
    assert answer.headers["Content-Range"] == f"bytes {begin}-{end}/{len(files.MP4)}"
    assert answer.headers["Content-Length"] == str(end - begin + 1)


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=9-1", "lines=1-2", "bytes=0-1,4-5", "bytes=a-b", "bytes=-0-"])
def test_what_is_no_part_is_the_whole(api, media, asked):
    answer = api.get(path_of(media["file_url"]), HTTP_RANGE=asked)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, files.MP4)


@pytest.mark.parametrize("asked", ["bytes=124-", "bytes=99999999-", "bytes=-0"])
def test_behind_the_end_is_nothing(api, media, asked):
    answer = api.get(path_of(media["file_url"]), HTTP_RANGE=asked)
    assert (answer.status_code, answer.json()["error"]["code"]) == (416, "RANGE_NOT_SATISFIABLE")
    assert answer.headers["Content-Range"] == f"bytes */{len(files.MP4)}"
