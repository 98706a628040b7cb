"""Uploads through a running server, with real bodies, streams and folders."""

import httpx2
import pytest
from django.conf import settings

from tests.journeys import live
from tests.kernel.asgi.live import PATIENCE_S
from tests.media import files
from tests.support import issuer
from tests.support.cast import Cast


@pytest.fixture
def person(transactional_db, tmp_path):
    """A client of a running server, signed in."""
    believing = {"PUBLIC_BASE_URL": settings.PUBLIC_BASE_URL, "IDENTITY_SIGNING_KEY": issuer.SIGNING_KEY}
    folders = {"MEDIA_ROOT": str(tmp_path / "public"), "PRIVATE_MEDIA_ROOT": str(tmp_path / "private")}
    token = issuer.token_for(Cast().owner)
    with live.server(**believing, **folders, MAX_UPLOAD_SIZE_MB="4", MAX_BODY_MB="8", MAX_BATCH_MB="14") as base:
        headers = {"Authorization": f"Bearer {token}"}
        with httpx2.Client(base_url=base, headers=headers, trust_env=False, timeout=PATIENCE_S) as client:
            yield client


def here(client, url):
    """The same address at the server of this test."""
    return url.replace(settings.PUBLIC_BASE_URL, str(client.base_url).rstrip("/"))


def upload(client, data, name="a.mp4", kind="video/mp4", **form):
    return client.post("/api/v1/upload", files={"file": (name, data, kind)}, data=form)


def test_large_files_are_streamed_both_ways_and_larger_ones_refused(person):
    film = files.MP4 + bytes(range(256)) * 4 * 3000  # above what is held in memory
    media = upload(person, film).json()["media"]
    link = here(person, media["file_url"])
    with httpx2.Client(trust_env=False) as stranger:
        assert stranger.get(link).content == film
        assert stranger.get(link, headers={"Range": "bytes=1000000-1000099"}).content == film[1000000:1000100]
        assert stranger.get(link.partition("?")[0]).status_code == 403
        assert stranger.head(link).headers["Content-Length"] == str(len(film))
    for size in (5, 9):  # above a file's limit, and above a body's
        refused = upload(person, files.MP4 + b"\0" * size * 1024**2)
        assert (refused.status_code, refused.json()["error"]["code"]) == (413, "FILE_TOO_LARGE")


def test_a_batch_may_be_larger_than_other_bodies_and_has_a_limit_too(person):
    film = files.MP4 + b"\0" * 3 * 1024**2
    batch = [("files", (f"{n}.mp4", film, "video/mp4")) for n in range(5)]
    taken = person.post("/api/v1/upload/batch/", files=batch[:4])
    assert (taken.status_code, len(taken.json()["items"])) == (200, 4)
    refused = person.post("/api/v1/upload/batch", files=batch)
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "FILE_TOO_LARGE")
    assert refused.json()["detail"] == "The request body is too large. Maximum size is 14MB"


def test_announced_sent_confirmed_and_read_by_anybody(person):
    wanted = {"files": [{"filename": "a.heic", "content_type": "image/heic", "visibility": "public"}]}
    item = person.post("/api/v1/upload/presigned", json=wanted).json()["items"][0]
    sent = {"file": ("a.heic", files.picture("HEIF"), "image/heic")}
    with httpx2.Client(trust_env=False) as stranger:
        assert stranger.post(here(person, item["signed_url"]), files=sent).status_code == 200
        media = person.post(f"/api/v1/upload/confirm/{item['upload_id']}").json()["media"]
        answer = stranger.get(here(person, media["file_url"]))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
