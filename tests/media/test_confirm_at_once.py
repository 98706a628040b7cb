"""Many at the same time: an upload is kept once, and what is removed or replaced meanwhile leaves nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from apps.media.models import MediaFile
from tests.media import files
from tests.support.cast import Cast
from tests.support.client import Client

pytestmark = pytest.mark.django_db(transaction=True)
UPLOAD = "/api/v1/upload"


def at_once(*calls):
    def carry_out(call):
        try:
            return call().status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(carry_out, calls))


@pytest.fixture
def sent():
    """A client and an upload of theirs that waits to be confirmed."""
    client = Client().as_(Cast().owner)
    item = client.post(f"{UPLOAD}/presigned", {"files": [{"filename": "a.jpg"}]}).json()["items"][0]
    path = item["signed_url"].removeprefix("http://127.0.0.1:3600")
    assert Client().post(path, {"file": files.sent(files.picture())}, format="multipart").status_code == 200
    return client, item["upload_id"]


def test_everybody_who_confirms_is_told_the_same(sent, kept):
    client, upload_id = sent
    assert at_once(*[lambda: client.post(f"{UPLOAD}/confirm/{upload_id}")] * 4) == [200] * 4
    row = MediaFile.objects.get()
    assert (row.upload_status, kept()) == ("complete", {f"private/{row.storage_path}"})


def test_confirmed_and_removed_at_once_nothing_or_all_is_left(sent, kept):
    client, upload_id = sent
    statuses = at_once(
        lambda: client.post(f"{UPLOAD}/confirm/{upload_id}"), lambda: client.delete(f"{UPLOAD}/media/{upload_id}")
    )
    assert 204 in statuses
    assert MediaFile.objects.count() == 0


def test_two_moves_at_once_leave_one_copy(sent, kept):
    client, upload_id = sent
    client.post(f"{UPLOAD}/confirm/{upload_id}")
    moves = [lambda: client.patch(f"{UPLOAD}/media/{upload_id}", {"visibility": "public"})] * 3
    assert set(at_once(*moves)) <= {200, 409}
    row = MediaFile.objects.get()
    assert kept() == {f"public/{row.storage_path}"}


def test_of_pictures_that_come_at_once_the_one_that_is_shown_is_there(kept):
    owner = Cast().owner
    client = Client().as_(owner)
    avatars = [files.sent(files.picture(), f"{number}.jpg") for number in range(4)]
    calls = [
        lambda file=file: client.post("/api/v1/users/me/avatar", {"file": file}, format="multipart") for file in avatars
    ]
    assert at_once(*calls) == [200] * 4
    owner.refresh_from_db()
    (path,) = kept()
    assert owner.profile_image_url.endswith(path.removeprefix("public/"))
