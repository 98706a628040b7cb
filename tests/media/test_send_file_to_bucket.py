"""With a bucket, clients send their files to it, and read private ones there."""

import httpx2
import pytest

from tests.kernel.storage.conftest import s3  # noqa: F401 - a fixture
from tests.media import files

pytestmark = pytest.mark.django_db
UPLOAD = "/api/v1/upload"


@pytest.fixture
def bucket(s3, settings):  # noqa: F811 - the fixture itself
    settings.MEDIA_STORAGE = "s3"
    return s3


def announce(client, **item):
    return client.post(f"{UPLOAD}/presigned", {"files": [{"filename": "a.jpg", **item}]}).json()["items"][0]


def put(item, data, **headers):
    return httpx2.put(item["signed_url"], content=data, headers=item["headers"] | headers, trust_env=False)


def test_sent_to_the_bucket_confirmed_and_read_there(api, cast, bucket):
    client, data = api.as_(cast.owner), files.picture(position=True)
    item = announce(client, file_size=len(data))
    assert (item["method"], item["headers"]) == ("PUT", {"Content-Type": "image/jpeg"})
    assert put(item, data).status_code == 200
    media = client.post(f"{UPLOAD}/confirm/{item['upload_id']}").json()["media"]
    assert set(bucket.objects) == {f"private/{media['storage_path']}"}
    assert media["bucket_name"] == "s3"
    answer = api.get(media["file_url"].removeprefix("http://127.0.0.1:3600"))
    assert answer.status_code == 302
    assert httpx2.get(answer.headers["Location"], trust_env=False).content[8:12] == b"WEBP"


def test_the_bucket_takes_nothing_but_what_was_announced(api, cast, bucket):
    data = files.picture()
    item = announce(api.as_(cast.owner), file_size=len(data))
    assert put(item, data + b"more").status_code == 403
    assert put(item, data, **{"Content-Type": "text/html"}).status_code == 403
    assert put(item | {"signed_url": item["signed_url"].replace("incoming", "uploads")}, data).status_code == 403
    assert bucket.objects == {}


def test_made_public_it_moves_in_the_bucket(api, cast, bucket):
    client = api.as_(cast.owner)
    sent = files.sent(files.picture())
    media = client.post(UPLOAD, {"file": sent}, format="multipart").json()["media"]
    changed = client.patch(f"{UPLOAD}/media/{media['id']}", {"visibility": "public"}).json()
    assert set(bucket.objects) == {f"public/{media['storage_path']}"}
    assert httpx2.get(changed["file_url"], trust_env=False).status_code == 200
    named = client.post(f"{UPLOAD}/media/batch-delete", {"media_ids": [changed["file_url"]]}).json()
    assert (named["deleted"], bucket.objects) == ([changed["file_url"]], {})


def test_a_bucket_that_is_away_is_our_fault_and_leaves_nothing(api, cast, bucket):
    bucket.is_failing = True
    answer = api.as_(cast.owner).post(UPLOAD, {"file": files.sent(files.picture())}, format="multipart")
    assert (answer.status_code, answer.json()["error"]["code"]) == (502, "STORAGE_ERROR")
